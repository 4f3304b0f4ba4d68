// Elements are described anew on every change; morph() changes what is there only where it differs, so nothing flickers,
// scrolls away or loses the focus. Text is always text: there is no way to put markup in.

const handlers = ['onclick', 'onchange', 'oninput', 'onsubmit', 'onkeydown', 'ontoggle', 'onscroll'];

/** An element: properties are attributes, on… handlers, and `key`, which says what stays the same element in a list. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'key') element.key = String(value);
    else if (name === 'value') {
      element.value = value;
      element.wanted = value;
    } else if (handlers.includes(name)) element[name] = value;
    else if (name === 'style') for (const [rule, to] of Object.entries(value)) element.style.setProperty(rule, to);
    else element.setAttribute(name, value === true ? '' : String(value));
  }

  element.append(...children.flat(3).filter(child => child !== undefined && child !== null && child !== false));
  // A choice can be set only once its options are there.
  if (tag === 'select' && properties.value !== undefined) element.value = properties.value;
  return element;
}

/** Makes a node's children these. */
export function render(parent, ...children) {
  const wanted = document.createElement(parent.tagName);
  wanted.append(...children.flat(3).filter(child => child !== undefined && child !== null && child !== false));
  morphChildren(parent, wanted);
}

function morph(now, wanted) {
  if (now.nodeType === Node.TEXT_NODE) {
    if (now.data !== wanted.data) now.data = wanted.data;
    return;
  }

  for (const { name } of [...now.attributes]) {
    // What a person has opened stays open.
    if (!wanted.hasAttribute(name) && name !== 'open') now.removeAttribute(name);
  }

  for (const { name, value } of wanted.attributes) {
    if (now.getAttribute(name) !== value && name !== 'open' && name !== 'style') now.setAttribute(name, value);
  }

  if (now.style.cssText !== wanted.style.cssText) now.style.cssText = wanted.style.cssText;
  for (const name of handlers) now[name] = wanted[name];
  now.key = wanted.key;
  if (!now.hasAttribute('data-own')) morphChildren(now, wanted);
  if (wanted.wanted !== undefined && wanted.wanted !== now.wanted) {
    now.wanted = wanted.wanted;
    if (document.activeElement !== now || now.tagName === 'SELECT') now.value = wanted.wanted;
  }

  if (now.type === 'checkbox') now.checked = wanted.hasAttribute('checked');
}

function morphChildren(parent, wanted) {
  const keyed = new Map();
  for (const child of parent.childNodes) if (child.key !== undefined) keyed.set(child.key, child);
  let place = parent.firstChild;
  for (const child of [...wanted.childNodes]) {
    let known = child.key !== undefined ? keyed.get(child.key) : place;
    if (known && (known.nodeName !== child.nodeName || (child.key === undefined && known.key !== undefined))) known = undefined;
    if (!known) {
      parent.insertBefore(child, place);
      continue;
    }

    if (known !== place) parent.insertBefore(known, place);
    morph(known, child);
    place = known.nextSibling;
  }

  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

/** A link within the dashboard. */
export function link(href, properties, ...children) {
  return h('a', { href, ...properties }, ...children);
}

/** Waits until nobody has called for a while. */
export function settled(action, milliseconds = 300) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...given), milliseconds);
  };
}
