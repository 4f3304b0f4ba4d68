import { h, link, render } from './dom.js';
import { get, keepFresh } from './api.js';
import { colour, dateOf, duration, severity, time } from './format.js';
import { facts } from './details.js';
import { parkedIn } from './parked.js';
import { attributesOf, exceptionOf, logDetails } from './logs.js';
import { t } from './texts.js';

/** One trace: its spans over time, what is known of each, and what was logged meanwhile. */
export async function show(root, { id, signal }) {
  let [trace, resources, folded, text] = [null, [], new Set(), ''];
  let chosen = new URLSearchParams(location.search).get('span');

  keepFresh(['telemetry'], async () => {
    const before = trace?.spans.length;
    [trace, resources] = await Promise.all([get(`/api/telemetry/traces/${encodeURIComponent(id)}`, signal), get('/api/resources', signal)]);
    // Whoever opens a failed trace wants to see what failed first.
    if (before === undefined) chosen ??= firstFailure(trace?.spans ?? [])?.spanId;
    draw();
  }, signal, 2000);

  function draw() {
    if (!trace) {
      render(root, h('h1', {}, t('trace')), h('p', { class: 'empty' }, t('gone')));
      return;
    }

    const rows = treeOf(trace.spans, folded);
    const start = Math.min(...trace.spans.map(span => span.start));
    const total = Math.max(...trace.spans.map(span => span.start + span.duration)) - start || 1;
    const span = trace.spans.find(one => one.spanId === chosen);
    render(root,
      h('h1', {}, rows[0]?.span.name ?? id),
      h('p', { class: 'small' }, `${time(dateOf(start))} · ${duration(total)} · ${trace.spans.length} ${t('spans')} · `, h('code', {}, id)),
      parkedIn(trace.spans),
      h('label', { class: 'filters' }, t('find'), h('input', { type: 'search', value: text, oninput: event => { text = event.target.value.toLowerCase(); draw(); } })),
      h('div', { class: span ? 'split open' : 'split' },
        h('div', { class: 'grow' },
          h('div', { class: 'scale', 'aria-hidden': 'true' }, [0, 0.25, 0.5, 0.75, 1].map(share => h('span', {}, duration(Math.round(total * share))))),
          h('ol', { class: 'waterfall' }, rows.map(row => line(row, start, total))),
          logsOf(trace.logs)),
        span && h('aside', { 'aria-label': t('details'), key: span.spanId, onkeydown: event => event.key === 'Escape' && choose(null) },
          h('div', { class: 'row between' }, h('h2', {}, span.name), h('button', { 'aria-label': t('close'), onclick: () => choose(null) }, '×')),
          spanDetails(span, start), trace.logs.filter(log => log.spanId === span.spanId).map(log => h('section', { class: 'card' }, logDetails(log))))));
  }

  function line({ span, depth, children }, start, total) {
    const peer = peerOf(span, resources);
    const found = text && `${span.name} ${span.source} ${JSON.stringify(span.attributes)}`.toLowerCase().includes(text);
    const fold = () => {
      if (!folded.delete(span.spanId)) folded.add(span.spanId);
      draw();
    };
    return h('li', { key: span.spanId, class: [span.failed && 'error', span.spanId === chosen && 'chosen', text && (found ? 'found' : 'dim')].filter(Boolean).join(' ') },
      h('span', { class: 'label', style: { '--depth': String(Math.min(depth, 12)) } },
        children > 0 ? h('button', { class: 'plain', 'aria-expanded': String(!folded.has(span.spanId)), 'aria-label': span.name, onclick: fold }, folded.has(span.spanId) ? '▸' : '▾') : h('i', {}),
        h('button', { class: 'plain text', onclick: () => choose(span.spanId) },
          h('span', { class: `who ${colour(span.source)}` }, span.source), ' ', span.name, peer && h('small', {}, ` → ${peer}`), span.failed && h('span', { class: 'badge bad' }, '!'))),
      h('span', { class: 'track' }, h('span', {
        class: `span ${colour(span.source)}`, style: { '--start': `${100 * (span.start - start) / total}%`, '--share': `${100 * span.duration / total}%` },
      }), h('small', { style: { '--start': `${Math.min(86, 100 * (span.start - start) / total)}%` } }, duration(span.duration))));
  }

  function choose(spanId) {
    chosen = spanId;
    history.replaceState(null, '', `/traces/${id}${spanId ? `?span=${spanId}` : ''}`);
    draw();
  }
}

// The innermost of the failures tells why; those around it only pass it on.
function firstFailure(spans) {
  const failed = spans.filter(span => span.failed);
  const passedOn = new Set(failed.map(span => span.parentId));
  const innermost = failed.filter(span => !passedOn.has(span.spanId));
  return innermost.find(span => span.events.some(event => event.attributes['exception.type'])) ?? innermost[0];
}

function treeOf(spans, folded) {
  const [ids, children] = [new Set(spans.map(span => span.spanId)), Map.groupBy(spans, span => span.parentId)];
  const rows = [];
  const add = (span, depth) => {
    const below = children.get(span.spanId) ?? [];
    rows.push({ span, depth, children: below.length });
    if (!folded.has(span.spanId)) below.forEach(child => add(child, depth + 1));
  };
  spans.filter(span => !span.parentId || !ids.has(span.parentId)).forEach(span => add(span, 0));
  return rows;
}

// Databases and brokers send no spans of their own: the address tells which resource was called.
function peerOf(span, resources) {
  if (span.kind !== 'client' && span.kind !== 'producer') return undefined;
  const port = span.attributes['server.port'] ?? span.attributes['net.peer.port'];
  const resource = port && resources.find(one => one.endpoints.some(endpoint => endpoint.url.endsWith(`:${port}`)));
  return resource?.name ?? span.attributes['db.namespace'] ?? span.attributes['messaging.destination.name'] ?? span.attributes['server.address'];
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
    attributesOf(span.attributes),
    span.events.length > 0 && h('section', {}, h('h3', {}, t('events')), h('ul', { class: 'lines' }, span.events.map(event =>
      h('li', {}, `+${duration(event.time - span.start)} ${event.name}`)))),
    span.links.length > 0 && h('section', {}, h('h3', {}, t('links')), h('ul', { class: 'lines' }, span.links.map(to =>
      h('li', {}, link(`/traces/${to.traceId}?span=${to.spanId}`, {}, to.traceId))))),
  ];
}

function logsOf(logs) {
  return logs.length > 0 && h('section', {}, h('h2', {}, t('logsOfTrace')), h('table', { class: 'cards dense' }, h('tbody', {}, logs.map(log =>
    h('tr', { key: log.position, class: severity(log.severity) },
      h('td', {}, time(dateOf(log.time))),
      h('td', {}, h('span', { class: `level ${severity(log.severity)}` }, t(`level.${severity(log.severity)}`))),
      h('td', {}, h('span', { class: `who ${colour(log.source)}` }, log.source)),
      h('td', { class: 'wide' }, h('details', {}, h('summary', {}, log.message || log.scope), logDetails(log))))))));
}
