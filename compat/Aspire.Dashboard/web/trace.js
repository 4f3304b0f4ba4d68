import { h, link, render } from './dom.js';
import { get, keepFresh } from './api.js';
import { colour, dateOf, duration, severity, time } from './format.js';
import { facts } from './facts.js';
import { parkedIn } from './parked.js';
import { attributeTable, exceptionOf, logDetails } from './logs.js';
import { waterfall } from './waterfall.js';
import { t } from './texts.js';

const Settled = 60_000;
const LogsAtOnce = 200;

/** One trace: its spans over time, what is known of each, and what was logged meanwhile. */
export async function show(root, { id, signal }) {
  let [trace, resources, folded, text] = [null, [], new Set(), ''];
  let chosen = new URLSearchParams(location.search).get('span');
  const spans = waterfall(choose, spanId => {
    if (!folded.delete(spanId)) folded.add(spanId);
    draw();
  }, signal);

  keepFresh(['telemetry'], async () => {
    const before = trace?.spans.length;
    // Nothing comes to what has long ended.
    if (before > 0 && Date.now() - Math.max(...trace.spans.map(span => span.start + span.duration)) / 1e6 > Settled) return;
    [trace, resources] = await Promise.all([get(`/api/telemetry/traces/${encodeURIComponent(id)}`, signal), get('/api/resources', signal)]);
    // Whoever opens a failed trace wants to see what failed first.
    if (before === undefined) chosen ??= firstFailure(trace?.spans ?? [])?.spanId;
    draw();
    if (before === undefined && chosen) spans.reveal(chosen);
  }, signal, 2000);

  function draw() {
    if (!trace) {
      render(root, h('h1', {}, t('trace')), h('p', { class: 'empty' }, t('gone')));
      return;
    }

    const rows = treeOf(trace.spans, folded, resources);
    const start = Math.min(...trace.spans.map(span => span.start));
    const total = Math.max(...trace.spans.map(span => span.start + span.duration)) - start || 1;
    const span = trace.spans.find(one => one.spanId === chosen);
    const found = text ? rows.filter(row => isFound(row.span)) : [];
    render(root,
      h('h1', {}, nameOf(rows) ?? id),
      h('p', { class: 'small' }, `${time(dateOf(start))} · ${duration(total)} · ${trace.total} ${t('spans')} · `,
        [...new Set(trace.spans.map(one => one.source))].map(source => [h('span', { class: `who ${colour(source)}` }, source), ' · ']), h('code', {}, id)),
      trace.total > trace.spans.length && h('p', { class: 'badge bad' }, t('firstSpans', trace.spans.length, trace.total)),
      parkedIn(trace.spans),
      h('label', { class: 'filters' }, t('find'), h('input', {
        type: 'search', value: text,
        oninput: event => { text = event.target.value.toLowerCase(); draw(); },
        onkeydown: event => event.key === 'Enter' && found.length > 0 && choose(found[(found.findIndex(row => row.span.spanId === chosen) + 1) % found.length].span.spanId),
      }), h('span', { class: 'small' }, text && t('foundSpans', found.length, rows.length))),
      h('div', { key: 'split', class: span ? 'split open' : 'split' },
        h('div', { key: 'grow', class: 'grow' },
          h('div', { class: 'scale', 'aria-hidden': 'true' }, [0, 0.25, 0.5, 0.75, 1].map(share => h('span', {}, duration(Math.round(total * share))))),
          root.contains(spans.element) ? h('ol', { key: 'spans', class: spans.element.className, 'data-own': true, style: own(spans.element) }) : spans.element,
          logsOf(trace.logs)),
        span && h('aside', { 'aria-label': t('details'), key: span.spanId, onkeydown: event => event.key === 'Escape' && choose(null) },
          h('div', { class: 'row between' }, h('h2', {}, span.name), h('button', { 'aria-label': t('close'), onclick: () => choose(null) }, '×')),
          spanDetails(span, start), trace.logs.filter(log => log.spanId === span.spanId).map(log => h('section', { class: 'card' }, logDetails(log))))));
    spans.show(rows, { start, total, chosen, isFound: text ? isFound : null });
  }

  const isFound = span => `${span.name} ${span.source} ${JSON.stringify(span.attributes)}`.toLowerCase().includes(text);

  function choose(spanId) {
    chosen = spanId;
    history.replaceState(null, '', `/traces/${id}${spanId ? `?span=${spanId}` : ''}`);
    draw();
    spans.reveal(spanId);
  }
}

// A gateway's catch-all route says nothing: what it passed the request on to does.
const nameOf = ([root, ...others]) => root?.span.name.includes('{*')
  ? (others.find(row => row.span.kind === 'server' && row.span.source !== root.span.source) ?? root).span.name
  : root?.span.name;

// What the waterfall has set on its own element is not ours to change.
const own = element => ({ 'padding-top': element.style.paddingTop, 'padding-bottom': element.style.paddingBottom });

// The innermost of the failures tells why; those around it only pass it on.
function firstFailure(spans) {
  const failed = spans.filter(span => span.failed);
  const passedOn = new Set(failed.map(span => span.parentId));
  const innermost = failed.filter(span => !passedOn.has(span.spanId));
  return innermost.find(span => span.events.some(event => event.attributes['exception.type'])) ?? innermost[0];
}

function treeOf(spans, folded, resources) {
  const [ids, children] = [new Set(spans.map(span => span.spanId)), Map.groupBy(spans, span => span.parentId)];
  const byPort = new Map(resources.flatMap(resource => resource.endpoints.map(endpoint => [endpoint.url.split(':').at(-1), resource.name])));
  const rows = [];
  const add = (span, depth) => {
    const below = children.get(span.spanId) ?? [];
    const isFolded = folded.has(span.spanId);
    rows.push({ span, depth, children: below.length, folded: isFolded, peer: peerOf(span, byPort) });
    if (!isFolded) below.forEach(child => add(child, depth + 1));
  };
  spans.filter(span => !span.parentId || !ids.has(span.parentId)).forEach(span => add(span, 0));
  return rows;
}

// Databases and brokers send no spans of their own: the address tells which resource was called.
function peerOf(span, byPort) {
  if (span.kind !== 'client' && span.kind !== 'producer') return undefined;
  const port = span.attributes['server.port'] ?? span.attributes['net.peer.port'];
  return byPort.get(port) ?? span.attributes['db.namespace'] ?? span.attributes['messaging.destination.name'] ?? span.attributes['server.address'];
}

function spanDetails(span, start) {
  return [
    span.events.map(event => exceptionOf(event.attributes)),
    facts([
      ['service', span.source],
      ['instance', span.instance],
      ['kind', t(`kind.${span.kind}`)],
      ['time', `${time(dateOf(span.start))} (+${duration(span.start - start)})`],
      ['duration', duration(span.duration)],
      ['status', span.failed ? span.statusMessage ?? t('failures') : undefined],
      ['category', span.scope],
      ['span', span.spanId],
    ]),
    attributeTable(span.attributes),
    span.events.length > 0 && h('section', {}, h('h3', {}, t('events')), h('ul', { class: 'lines' }, span.events.map(event =>
      h('li', {}, `+${duration(event.time - span.start)} ${event.name}`)))),
    span.links.length > 0 && h('section', {}, h('h3', {}, t('links')), h('ul', { class: 'lines' }, span.links.map(to =>
      h('li', {}, link(`/traces/${to.traceId}?span=${to.spanId}`, {}, to.traceId))))),
  ];
}

function logsOf(logs) {
  return logs.length > 0 && h('section', {}, h('h2', {}, t('logsOfTrace')), h('table', { class: 'cards dense' }, h('tbody', {}, logs.slice(0, LogsAtOnce).map(log =>
    h('tr', { key: log.position, class: severity(log.severity) },
      h('td', {}, time(dateOf(log.time))),
      h('td', {}, h('span', { class: `level ${severity(log.severity)}` }, t(`level.${severity(log.severity)}`))),
      h('td', {}, h('span', { class: `who ${colour(log.source)}` }, log.source)),
      h('td', { class: 'wide' }, h('details', {}, h('summary', {}, log.message || log.scope), logDetails(log))))))));
}
