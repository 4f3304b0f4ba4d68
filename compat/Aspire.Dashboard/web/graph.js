import { Graph, layout } from './dagre.esm.js';

// Sizes in the graph's own units, which are pixels when there is room for it.
const [Letter, LineHeight, Padding, Edge] = [7.8, 18, 12, 12];
const Apart = 8;
const Kinds = ['good', 'warn', 'bad', 'idle'];

/** An SVG element, as h() makes HTML ones. */
function s(tag, properties, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(properties)) if (value !== undefined) element.setAttribute(name, String(value));
  element.append(...children.flat().filter(child => child !== undefined && child !== false));
  return element;
}

/**
 * A directed graph, laid out from left to right. Nodes are { id, lines, kind, href }, edges { from, to, lines, kind, href }; kinds are good, warn, bad, idle.
 */
export function graph(nodes, edges, label) {
  const drawn = new Graph({ multigraph: true }).setGraph({ rankdir: 'LR', nodesep: 26, edgesep: 14, ranksep: 84, marginx: 4, marginy: 4 }).setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) drawn.setNode(node.id, { ...node, ...sizeOf(node.lines, Padding) });
  for (const edge of edges) drawn.setEdge(edge.from, edge.to, { ...edge, ...sizeOf(edge.lines, Edge / 2), labelpos: 'c' });
  layout(drawn);
  const { width, height } = drawn.graph();
  return s('svg', { class: 'graph', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': label },
    s('defs', {}, Kinds.map(kind => s('marker', {
      id: `arrow-${kind}`, class: `arrow ${kind}`, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto-start-reverse',
    }, s('path', { d: 'M0 0L8 4L0 8z' })))),
    drawn.edges().map(key => line(drawn.edge(key), drawn.node(key.v), drawn.node(key.w))),
    drawn.nodes().map(id => box(drawn.node(id))));
}

function sizeOf(lines, padding) {
  // Chinese letters are about twice as wide.
  const wide = text => [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e7f ? 2 : 1), 0);
  return { width: Math.max(...lines.map(wide)) * Letter + 2 * padding, height: lines.length * LineHeight + padding };
}

const text = ({ x, y, lines, href }) => linked(href, s('text', { x, y, 'text-anchor': 'middle' }, lines.map((words, place) =>
  s('tspan', { x, dy: place === 0 ? (1 - lines.length) * LineHeight / 2 + 5 : LineHeight, class: place === 0 ? 'first' : undefined }, words))));

const box = node => s('g', { class: `node ${node.kind}`, 'data-node': node.id }, linked(node.href, s('rect', {
  x: node.x - node.width / 2, y: node.y - node.height / 2, width: node.width, height: node.height, rx: 8,
})), text(node));

const line = (edge, from, to) => s('g', { class: `edge ${edge.kind}`, 'data-edge': `${edge.from} ${edge.to}` },
  s('path', { d: curve(edge, from, to), 'marker-end': `url(#arrow-${edge.kind})` }),
  s('rect', { x: edge.x - edge.width / 2, y: edge.y - edge.height / 2, width: edge.width, height: edge.height, rx: 6 }), text(edge));

const linked = (href, element) => href ? s('a', { href }, element) : element;

// From side to side through the label, level at each of them; at the nodes a little towards the label, so that two which meet there stay apart.
function curve(label, from, to) {
  const right = Math.sign(to.x - from.x);
  const side = (node, way) => ({ x: node.x + way * node.width / 2, y: node.y + Math.max(-Apart, Math.min(Apart, label.y - node.y)) });
  const level = (one, next) => `C${(one.x + next.x) / 2} ${one.y} ${(one.x + next.x) / 2} ${next.y} ${next.x} ${next.y}`;
  const [start, end] = [side(from, right), side(to, -right)];
  return `M${start.x} ${start.y}${level(start, label)}${level(label, end)}`;
}
