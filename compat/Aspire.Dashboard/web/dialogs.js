import { h } from './dom.js';
import { t } from './texts.js';

const Seconds = 8;

/** Says something for a while. */
export function toast(text, kind = '') {
  const close = () => note.remove();
  const note = h('div', { class: `toast ${kind}` }, h('span', {}, text), h('button', { class: 'plain', 'aria-label': t('close'), onclick: close }, '×'));
  document.getElementById('toasts').append(note);
  setTimeout(close, Seconds * 1000);
}

/** Asks; true when the person says yes. */
export function confirm(question, yes) {
  return new Promise(answer => {
    const dialog = h('dialog', { 'aria-label': question },
      h('p', {}, question),
      h('form', { method: 'dialog', class: 'row end' },
        h('button', { value: '' }, t('cancel')),
        h('button', { value: 'yes', class: 'primary' }, yes)));
    dialog.addEventListener('close', () => {
      answer(dialog.returnValue === 'yes');
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
