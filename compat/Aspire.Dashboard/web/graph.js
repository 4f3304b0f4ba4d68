import { Graph, layout } from './dagre.esm.js';

// Sizes in the graph's own units, which are pixels when there is room for it.
const [Letter, LineHeight, Padding, Edge] = [7.8, 18, 12, 12];
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
  const drawn = new Graph({ multigraph: true }).setGraph({ rankdir: 'LR', nodesep: 26, edgesep: 14, ranksep: 34, marginx: 4, marginy: 4 }).setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) drawn.setNode(node.id, { ...node, ...sizeOf(node.lines, Padding) });
  for (const edge of edges) drawn.setEdge(edge.from, edge.to, { ...edge, ...sizeOf(edge.lines, Edge / 2), labelpos: 'c' });
  layout(drawn);
  const { width, height } = drawn.graph();
  return s('svg', { class: 'graph', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': label },
    s('defs', {}, Kinds.map(kind => s('marker', {
      id: `arrow-${kind}`, class: `arrow ${kind}`, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto-start-reverse',
    }, s('path', { d: 'M0 0L8 4L0 8z' })))),
    drawn.edges().map(key => line(drawn.edge(key))),
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

const line = edge => s('g', { class: `edge ${edge.kind}`, 'data-edge': `${edge.from} ${edge.to}` },
  s('path', { d: curve(edge.points), 'marker-end': `url(#arrow-${edge.kind})` }),
  s('rect', { x: edge.x - edge.width / 2, y: edge.y - edge.height / 2, width: edge.width, height: edge.height, rx: 6 }), text(edge));

const linked = (href, element) => href ? s('a', { href }, element) : element;

// Through every point the layout gives (a label lies on one of them), as a Catmull-Rom spline.
function curve(points) {
  const at = place => points[Math.min(Math.max(place, 0), points.length - 1)];
  const handle = (point, from, to, sign) => `${point.x + sign * (to.x - from.x) / 6} ${point.y + sign * (to.y - from.y) / 6}`;
  return points.slice(1).reduce((path, point, place) =>
    `${path}C${handle(at(place), at(place - 1), point, 1)} ${handle(point, at(place), at(place + 2), -1)} ${point.x} ${point.y}`, `M${points[0].x} ${points[0].y}`);
}
