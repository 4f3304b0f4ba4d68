import { h, render } from './dom.js';
import { toast } from './dialogs.js';
import { language, t } from './texts.js';

let acting = {};

/** Who acts: { userName, accountId, deskId }; without a name it is the operations desk, which all share. */
export async function whoActs() {
  const answer = await fetch('/api/operator');
  return acting = answer.ok ? await answer.json() : {};
}

/** Whom an account's id in a log stands for. */
export const nameOfAccount = id => id === acting.accountId ? acting.userName : id === acting.deskId ? t('operator.desk') : id.slice(0, 8);

/** Says as whom the person acts, and lets them be themselves or the desk. */
export function actsAs() {
  const line = h('p', { class: 'row small', 'data-own': true, 'data-operator': true });
  const draw = () => render(line, acting.userName
    ? [t('operator.own', acting.userName), h('button', { type: 'button', onclick: leave }, t('operator.leave'))]
    : [t('operator.shared'), h('button', { type: 'button', onclick: enter }, t('operator.enter'))]);
  const enter = async () => { await signIn(); draw(); };
  const leave = async () => { await fetch('/api/operator', { method: 'DELETE' }); await whoActs(); draw(); };
  whoActs().then(draw, failure => toast(failure.message, 'bad'));
  return line;
}

function signIn() {
  return new Promise(ended => {
    const field = (type, name, complete) => h('input', { type, name, required: true, autocomplete: complete, maxlength: 128 });
    const [user, password] = [field('text', 'username', 'username'), field('password', 'password', 'current-password')];
    const said = h('p', { role: 'status', class: 'said bad' });
    const dialog = h('dialog', { class: 'decision', 'aria-label': t('operator.enter') },
      h('h2', {}, t('operator.enter')),
      h('p', {}, t('operator.about')),
      h('form', { method: 'dialog', onsubmit: send },
        h('label', { class: 'reason' }, t('operator.user'), user),
        h('label', { class: 'reason' }, t('operator.password'), password),
        said,
        h('div', { class: 'row end' }, h('button', { type: 'button', onclick: () => dialog.close() }, t('cancel')), h('button', { type: 'submit', class: 'primary' }, t('operator.enter')))));
    dialog.addEventListener('close', () => {
      dialog.remove();
      ended();
    });
    document.body.append(dialog);
    dialog.showModal();

    async function send(event) {
      event.preventDefault();
      said.textContent = t('working');
      const answer = await fetch('/api/operator', {
        method: 'POST', headers: { 'content-type': 'application/json', 'accept-language': language() }, body: JSON.stringify({ userName: user.value, password: password.value }),
      });
      const told = await answer.json().catch(() => ({}));
      if (!answer.ok) {
        said.textContent = told.detail ?? String(answer.status);
        return;
      }

      acting = told;
      dialog.close();
    }
  });
}
