import { h, render } from './dom.js';
import { decisions } from './decision.js';
import { itemsOf, notices, ofAll, poll } from './operations.js';
import { actsAs, whoActs } from './operator.js';
import { t } from './texts.js';

const Most = 100;

/** What operators did at every service, who they were and why. */
export async function show(root, { signal }) {
  let [answers, service, dry] = [[], '', true];
  const list = h('div', {});
  root.append(h('h1', {}, t('nav.operations')), h('p', { class: 'small' }, t('operations.about')), actsAs(), list);
  poll(async () => {
    [answers] = await Promise.all([ofAll(`log?limit=${Most}`, signal), whoActs()]);
    draw();
  }, signal, 4000);

  function draw() {
    const all = itemsOf(answers).filter(one => (!service || one.service === service) && (dry || !one.dryRun))
      .sort((one, other) => new Date(other.at) - new Date(one.at));
    render(list,
      h('div', { class: 'filters' },
        h('label', {}, t('filter.source'), h('select', { value: service, onchange: event => { service = event.target.value; draw(); } },
          h('option', { value: '' }, t('all')), answers.map(one => h('option', { value: one.service }, one.service)))),
        h('label', {}, h('input', { type: 'checkbox', checked: dry, onchange: event => { dry = event.target.checked; draw(); } }), t('dry.too'))),
      notices(answers),
      all.length === 0 ? h('p', { class: 'empty' }, t('operations.empty')) : decisions(all));
  }
}
