// The data, and how anything of it gets onto the page: as text, never as markup.
const data = JSON.parse(document.getElementById('data').textContent);
const find = (id) => document.getElementById(id);
const SVG = 'http://www.w3.org/2000/svg';

// An element with classes and children; a string among the children becomes text.
function make(tag, classes, ...children) {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return element;
}

// Data between our own words: set apart, so that its direction does not turn them around.
const datum = (text) => make('bdi', '', visible(text));

// Control and direction characters are shown as codes, for they could hide or turn what stands beside them.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const visible = (text) => String(text).replace(HIDDEN, (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));

const KINDS = ['date', 'number', 'name'];

// A sentence with what both sides share marked: spans are start, end, kind, start, …
function marked(text, spans) {
  const parts = make('span', 'text');
  parts.dir = 'auto';
  let at = 0;
  for (let k = 0; k < spans.length; k += 3) {
    const [start, end, kind] = spans.slice(k, k + 3);
    const mark = make('mark', 'm' + kind, visible(text.slice(start, end)));
    mark.title = KINDS[kind] + ' on both sides';
    parts.append(visible(text.slice(at, start)), mark);
    at = end;
  }
  parts.append(visible(text.slice(at)));
  return parts;
}

// An address: a link only if it is one of the web, and always as text, for this page leads nowhere by itself.
function address(url) {
  if (!/^https?:\/\//i.test(url)) return datum(url);
  const link = make('a', '', visible(url));
  link.href = url;
  link.rel = 'noopener noreferrer nofollow';
  return link;
}

const number = (value, digits = 2) => (value === null ? '–' : value.toFixed(digits));
const count = (value) => value.toLocaleString('en-US');
const plural = (value, word) => `${count(value)} ${word}${value === 1 ? '' : 's'}`;

// Letters without diacritics and in lower case. Same length as the composed text, one letter for one.
function fold(text) {
  return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, 'd').toLowerCase();
}

function fill(select, options) {
  select.append(...options.map(([value, label]) => {
    const option = make('option', '', visible(label));
    option.value = value;
    return option;
  }));
}

function theme(button) {
  const media = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  const dark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : media.matches);
  const show = () => {
    button.textContent = dark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', `Switch to ${dark() ? 'light' : 'dark'} colours`);
    button.setAttribute('aria-pressed', String(dark()));
  };
  button.addEventListener('click', () => {
    root.dataset.theme = dark() ? 'light' : 'dark';
    show();
  });
  media.addEventListener('change', show);
  button.hidden = false;
  show();
}
