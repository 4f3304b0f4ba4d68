import { h, link, render } from './dom.js';
import { get, keepFresh } from './api.js';
import { chart as drawing } from './chart.js';
import { Recent, attributesOf, current, filterBar, timeOf } from './filters.js';
import { round, unitOf } from './format.js';
import { t } from './texts.js';

const Percentiles = ['p50', 'p90', 'p99'];
const MostLines = 12;
const Each = '*';
const [Gauge, Counter, Histogram] = [0, 1, 2];
let select = () => {};

/** The instruments of every service, and one of them over time. */
export async function show(root, { id, signal }) {
  let [instruments, sources, chart, span, percentiles, dimensions] = [[], [], { dimensions: {}, lines: [] }, {}, new Set(Percentiles), {}];
  const plot = drawing();
  const [filters, tree, area] = [h('div', { class: 'filters' }), h('nav', { class: 'tree', 'aria-label': t('instruments') }), h('div', { class: 'grow' })];
  const [controls, table] = [h('div', {}), h('div', {})];
  area.append(controls, plot.element, table);
  root.append(h('h1', {}, t('nav.metrics')), filters, h('div', { class: 'split metrics' }, tree, area));
  const showBar = filterBar(filters, ['recent'], () => sources, () => load());
  signal.addEventListener('abort', () => plot.dispose());

  const load = keepFresh(['telemetry'], async () => {
    instruments = await get('/api/telemetry/instruments', signal);
    const instrument = instruments.find(one => String(one.id) === id);
    const { from, to } = timeOf(current());
    span = { from: from ?? new Date((to ?? Date.now()) - Recent * 60_000), to: to ?? new Date() };
    const asked = new URLSearchParams({ from: span.from.toISOString(), to: span.to.toISOString() });
    for (const [name, value] of Object.entries(dimensions)) if (value) asked.append(...value === Each ? ['by', name] : ['attribute', `${name}:${value}`]);
    for (const pair of attributesOf(current())) asked.append('attribute', pair.join(':'));
    chart = instrument ? await get(`/api/telemetry/instruments/${instrument.id}?${asked}`, signal) : { dimensions: {}, lines: [] };
    const known = sources.length;
    sources = [...new Set(instruments.map(one => one.source))];
    if (sources.length !== known) showBar();
    draw();
  }, signal, 2000);
  select = chosen => {
    [id, dimensions] = [chosen, {}];
    load();
  };

  function draw() {
    const instrument = instruments.find(one => String(one.id) === id);
    const filter = current();
    const [source, text] = [filter.get('source'), (filter.get('text') ?? '').toLowerCase()];
    const offered = instruments.filter(one => one === instrument
      || ((!source || one.source === source) && `${one.meter} ${one.name} ${one.description}`.toLowerCase().includes(text)));
    const isOpen = part => Boolean(text) || part;
    render(tree, offered.length === 0 ? h('p', { class: 'empty' }, t('error.none')) : [...Map.groupBy(offered, one => one.source)].map(([source, ofSource]) =>
      h('details', { key: `${source} ${isOpen(false)}`, open: isOpen(source === instrument?.source) }, h('summary', {}, source),
        [...Map.groupBy(ofSource, one => one.meter)].map(([meter, ofMeter]) => h('details', { key: `${meter} ${isOpen(false)}`, open: isOpen(meter === instrument?.meter) },
          h('summary', {}, breakable(meter)), h('ul', {}, ofMeter.map(one => h('li', { key: one.id },
            link(`/metrics/${one.id}${location.search}`, { title: one.description, 'aria-current': one === instrument ? 'true' : undefined }, breakable(one.name))))))))));
    if (!instrument) {
      render(controls, h('p', { class: 'empty' }, t(instruments.length === 0 ? 'error.none' : 'choose')));
      plot.draw([], '', span);
      render(table);
      return;
    }

    const wanted = chart.lines.filter(line => !line.percentile || percentiles.has(line.percentile));
    const chosen = new Set(wanted.toSorted((one, other) => highest(other) - highest(one)).slice(0, MostLines));
    const { name, size } = unitOf(instrument.unit, Math.max(...[...chosen].map(highest), 0));
    const unit = [name, instrument.kind === Counter && t('perSecond')].filter(Boolean).join(' ');
    const shown = named(wanted.filter(line => chosen.has(line)).map(line => ({ ...line, values: line.values.map(value => value === null ? null : value / size) })));
    render(controls, h('h2', {}, instrument.name, ' ', h('small', {}, unit)), h('p', { class: 'small' }, instrument.description), bar(instrument),
      wanted.length > shown.length && h('p', { class: 'small' }, t('tooMany', shown.length, wanted.length)));
    plot.draw(shown, unit, span);
    render(table, values(shown));
  }

  function bar(instrument) {
    return h('div', { class: 'filters' },
      instrument.kind === Histogram && Percentiles.map(name => h('label', {}, h('input', {
        type: 'checkbox', checked: percentiles.has(name),
        onchange: event => { percentiles[event.target.checked ? 'add' : 'delete'](name); draw(); },
      }), name)),
      Object.entries(chart.dimensions).map(([name, options]) => h('label', { key: name }, name, h('select', {
        value: dimensions[name] ?? '', onchange: event => { dimensions[name] = event.target.value; load(); },
      }, h('option', { value: '' }, t(instrument.kind === Gauge ? 'all' : 'together')), instrument.kind !== Gauge && h('option', { value: Each }, t('each')),
      options.map(value => h('option', { value }, value))))));
  }
}

/** Another instrument. */
export const move = id => select(id);

const highest = line => Math.max(...line.values.filter(value => value !== null), 0);

// Long names break where a person would break them.
const breakable = name => name.split(/(?<=[._])/).flatMap(part => [part, h('wbr', {})]);

// What all lines have in common says nothing about one of them.
function named(lines) {
  const telling = [...new Set(lines.flatMap(line => Object.keys(line.labels)))]
    .filter(name => new Set(lines.map(line => line.labels[name])).size > 1);
  return lines.map(line => ({ ...line, label: [...telling.map(name => line.labels[name]), line.percentile].filter(Boolean).join(' · ') || t('value') }));
}

// What the chart shows, for those who cannot see it.
function values(lines) {
  return lines.length > 0 && h('details', {}, h('summary', {}, t('values')), h('table', {},
    h('thead', {}, h('tr', {}, ['dimensions', 'latest', 'most'].map(key => h('th', { scope: 'col' }, t(key))))),
    h('tbody', {}, lines.map(line => {
      const known = line.values.filter(value => value !== null);
      return h('tr', { key: line.label }, h('td', {}, line.label), h('td', {}, known.length > 0 ? String(round(known.at(-1))) : ''), h('td', {}, known.length > 0 ? String(round(Math.max(...known))) : ''));
    }))));
}
