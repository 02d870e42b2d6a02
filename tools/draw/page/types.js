// The shapes of what passes from module to module. All measures are units of the drawing.

/**
 * @typedef {{ x: number, y: number }} Point
 * @typedef {Point & { w: number, h: number }} Box its upper left corner and its size
 * @typedef {{ a: Point, b: Point }} Segment
 *
 * @typedef {'name' | 'label' | 'title'} Kind of text: of a node, of an arrow, of a group
 * @typedef {(line: string, kind: Kind) => number} Measure the width of a line
 * @typedef {{ size: number, weight: number, line: number, room: number }} TextStyle
 *
 * @typedef {object} Settings what `settings.json` holds, and the measure of texts
 * @property {string} mermaid its version
 * @property {number} width the widest that a drawing may be
 * @property {Record<Kind, TextStyle>} text
 * @property {{ width: number, even: number, height: number, padding: number, step: number }} node
 * @property {{ node: number, layer: number, edge: number, label: number }} gap
 * @property {{ padding: number, title: number }} group
 * @property {{ node: number, edge: number, padding: number }} tight gaps of the second attempt
 * @property {{ length: number, width: number }} head
 * @property {number} corner
 * @property {Measure} measure
 *
 * @typedef {object} Node
 * @property {string} id
 * @property {string[]} lines
 * @property {string | null} role
 * @property {string} shape
 * @property {boolean} closed
 * @property {string | null} parent
 *
 * @typedef {object} Group
 * @property {string} id
 * @property {string[]} lines
 * @property {string | null} parent
 * @property {{ w: number, h: number }} [title] the room that its title takes
 * @property {string[]} [members] only in sequence diagrams
 *
 * @typedef {object} Edge
 * @property {string} from
 * @property {string} to
 * @property {string[]} lines
 * @property {boolean} dashed
 * @property {'both' | 'end' | 'none'} heads
 * @property {boolean} [hidden] it keeps things in order and is not drawn
 * @property {number} [order]
 * @property {string[]} [when]
 *
 * @typedef {{ does: 'message', edge: Edge } | { does: 'open' | 'turn', lines: string[] } | { does: 'close' }} Step
 *
 * @typedef {object} Model what a source says
 * @property {string} kind
 * @property {string} title
 * @property {string} description
 * @property {Node[]} nodes
 * @property {Group[]} groups outer ones first
 * @property {Edge[]} edges
 * @property {Step[]} [steps] only in sequence diagrams
 *
 * @typedef {Node & Box} PlacedNode
 * @typedef {Group & Box & { titleAt?: Box, titleEnd?: boolean }} PlacedGroup
 * @typedef {Edge & { points: Point[], label: Box | null }} PlacedEdge
 *
 * @typedef {object} Plan where everything stands
 * @property {PlacedNode[]} nodes
 * @property {PlacedGroup[]} groups
 * @property {PlacedEdge[]} edges
 * @property {number} width
 * @property {number} height
 * @property {string[]} crossed groups whose title an arrow crosses
 *
 * @typedef {object} Way one way to lay a diagram out
 * @property {Settings} settings
 * @property {'equal' | 'even' | 'own'} widths of nodes: all alike, at least `even`, or as their text asks
 * @property {boolean} merge do arrows leave and reach a node at one point?
 * @property {'BRANDES_KOEPF' | 'NETWORK_SIMPLEX'} placement ELK's method to place nodes in their rows
 * @property {boolean} keepOrder do rows keep the order of the source?
 * @property {'ALWAYS_UP' | 'SMART_UP'} side at which the words of arrows stand
 *
 * @typedef {Map<string, { w: number, h: number }>} Sizes by the id of a node
 * @typedef {{ low: boolean, wider: number }} Need of a group: its title at the bottom, more width
 * @typedef {Map<string, Need>} Needs by the id of a group
 * @typedef {{ layout: (graph: any) => Promise<any> }} Engine ELK, or what stands in for it
 */

export {};
