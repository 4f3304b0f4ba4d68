import { h, render } from './dom.js';
import { inWords } from './operations.js';
import { actsAs, nameOfAccount } from './operator.js';
import { toast } from './dialogs.js';
import { colour, time } from './format.js';
import { known, t } from './texts.js';

/**
 * Asks why, lets the person see what would happen, and does it. `act` takes { why, dryRun } and answers what the service recorded.
 * True when it was done.
 */
export function decide({ title, explanation, yes, grave, act }) {
  return new Promise(ended => {
    const reason = h('textarea', { required: true, maxlength: 500, rows: 3, autofocus: true });
    const said = h('p', { role: 'status', class: 'said' });
    let [done, working] = [false, false];

    const say = (text, kind) => {
      said.className = `said ${kind}`;
      said.textContent = text;
    };
    const send = async dryRun => {
      if (working || !reason.reportValidity()) return;
      if (!reason.value.trim()) {
        say(t('why.missing'), 'bad');
        return;
      }

      working = true;
      say(t('working'), '');
      try {
        const operation = await act({ why: reason.value.trim(), dryRun });
        if (dryRun) {
          say(t('would', inWords(operation.outcome)), 'good');
        } else {
          done = true;
          toast(`${title}: ${inWords(operation.outcome)}`, 'good');
          dialog.close();
        }
      } catch (failure) {
        say(failure.message, 'bad');
      } finally {
        working = false;
      }
    };
    const dialog = h('dialog', { class: 'decision', 'aria-labelledby': 'decision-title' });
    render(dialog,
      h('h2', { id: 'decision-title' }, title),
      h('p', {}, explanation),
      h('form', { method: 'dialog', onsubmit: event => { event.preventDefault(); send(false); } },
        h('label', { class: 'reason' }, t('why'), reason),
        actsAs(),
        said,
        h('div', { class: 'row end' },
          h('button', { type: 'button', onclick: () => dialog.close() }, t('cancel')),
          h('button', { type: 'button', title: t('dry.title'), onclick: () => send(true) }, t('dry')),
          h('button', { type: 'submit', class: grave ? 'primary grave' : 'primary' }, yes))));
    dialog.addEventListener('close', () => {
      dialog.remove();
      ended(done);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** What operators did about one thing, newest first. */
export const decisionsOf = operations => h('ul', { class: 'lines' }, operations.map(one => h('li', { key: one.id, class: one.dryRun ? 'dry' : undefined },
  h('b', {}, known(`operation.${one.command}`, one.command)), one.dryRun && ` (${t('dry.was')})`, ' ', h('small', {}, time(new Date(one.at))), h('br'), one.why)));

/** What operators did at all services, newest first. */
export function decisions(operations) {
  const cell = (key, ...children) => h('td', { 'data-label': t(key) }, ...children);
  return h('table', { class: 'cards dense' },
    h('thead', {}, h('tr', {}, ['time', 'service', 'what', 'why.short', 'outcome', 'who'].map(key => h('th', { scope: 'col' }, t(key))))),
    h('tbody', {}, operations.map(one => h('tr', { key: one.id, class: one.dryRun ? 'dry' : undefined, 'data-operation': one.command },
      cell('time', h('time', { title: one.at }, time(new Date(one.at)))),
      cell('service', h('span', { class: `who ${colour(one.service)}` }, one.service)),
      cell('what', known(`operation.${one.command}`, one.command), one.dryRun && h('span', { class: 'badge' }, t('dry.was')), h('small', {}, h('code', {}, one.subject))),
      cell('why.short', one.why),
      cell('outcome', inWords(one.outcome)),
      h('td', { 'data-label': t('who'), class: 'who-by' }, h('span', { title: one.by }, nameOfAccount(one.by)))))));
}
