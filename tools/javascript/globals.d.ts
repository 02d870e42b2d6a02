// What the scripts of the site put on the page for each other, and what the libraries of
// TypeScript do not know yet.

/** Between a page and its search: a number for its kind; an answer says to which query. */
interface SearchMessage {
  type: number;
  data?: unknown;
  query?: string;
}

interface SearchStandIn extends EventTarget {
  Native: typeof Worker;
  sentences: Record<"loading" | "failed" | "retry", string>;
  url: string;
  early: SearchMessage[];
  postMessage(message: SearchMessage): void;
}

interface SearchEngine {
  (message: SearchMessage): void;
}

interface Window {
  searchStandIn?: SearchStandIn;
  /** There once the script of the engine is: only where a page may start no worker. */
  searchEngine: (reply: (message: SearchMessage) => void) => SearchEngine;
  searchIndex?: any;
  /** Brings a script that is not needed at first. */
  later: (name: string | URL) => Promise<unknown>;
  /** Tells what has come of its use, by an event. */
  told: (
    names: (string | URL)[],
    event: string,
    where?: { at?: EventTarget; part?: HTMLElement | null; lost?: () => void },
  ) => unknown;
  /** Says above a part what did not come, with a button to ask again; without one, no more. */
  missed: (part: HTMLElement, again?: () => unknown) => unknown;
  /** The name that a fragment, with its "#", writes. */
  decoded: (fragment: string) => string;
  /** The questions of a page, as HTML, once they are there. */
  practice?: string;
  /** What tools/draw calls for each fence. */
  draw?: (id: string, source: string, settings: any) => Promise<any>;
}

interface HTMLElement {
  showPopover(options?: { source?: HTMLElement }): void;
}

interface Navigator {
  connection?: { saveData: boolean };
}

// What tools/draw loads as scripts: neither tells its types there.
declare const ELK: new () => { layout: (graph: any) => Promise<any> };
declare const mermaid: any;

// What the build puts before a script below later/ that has styles.
declare const STYLES: string;

// What the theme puts on the page.
declare function __md_get(key: string): any;
declare function __md_set(key: string, value: unknown): void;
declare const __md_scope: URL;
