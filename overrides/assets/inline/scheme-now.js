/* The header is there: inline/scheme.js shows the right button in it before it is drawn. */
document.dispatchEvent(new Event("site:scheme"));
