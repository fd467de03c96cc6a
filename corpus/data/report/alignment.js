// Two articles side by side: choose a pair, look at a bead, move from bead to bead.
const FATES = {
  kept: 'kept', rejected: 'rejected', single: 'no partner on the other side', unused: 'not taken: the articles are no pair',
};

function pairName(pair, k) {
  const [vi, en] = pair.articles;
  const title = vi.title || en.title || vi.source;
  const short = title.length > 70 ? title.slice(0, 70) + '…' : title;
  return `${k + 1}. ${short} (${pair.reject || pair.relation}, ${plural(pair.beads.length, 'bead')})`;
}

function articleFacts(article) {
  const facts = ['source', 'site', 'published'].filter((name) => article[name]);
  const list = facts.map((name) => make('span', 'fact', make('b', '', name + ' '), datum(article[name])));
  if (article.url) list.push(make('span', 'fact', make('b', '', 'url '), address(article.url)));
  return make('div', '', make('h3', '', article.title ? datum(article.title) : 'no title'), make('p', 'document', ...list));
}

function pairFacts(pair) {
  const said = [pair.within ? 'one article in both languages' : pair.relation];
  if (pair.score !== undefined) said.push(`score ${number(pair.score)}`, `coverage ${number(pair.coverage)}`);
  if (pair.all > pair.beads.length) said.push(`the first ${count(pair.beads.length)} of ${count(pair.all)} beads`);
  const tags = said.filter(Boolean).map((text) => make('span', 'tag', text));
  if (pair.reject) tags.unshift(make('span', 'tag rejected', '✕ ' + visible(pair.reject)));
  const evidence = (pair.evidence || []).map((text) => make('span', 'tag quiet', visible(text)));
  const names = pair.within ? [articleFacts(pair.articles[0])] : pair.articles.map(articleFacts);
  return [make('div', 'two', ...names), make('p', 'tags', ...tags, ...evidence)];
}

// Which bead each sentence of a side belongs to.
function beadOf(pair, place) {
  const owner = [];
  pair.beads.forEach((bead, index) => bead[place].forEach((k) => { owner[k] = index; }));
  return owner;
}

function describe(pair, index) {
  const [vi, en, probability, fate, reject, quality] = pair.beads[index];
  const words = [`Bead ${index + 1} of ${pair.beads.length}`, `${vi.length}-${en.length} sentences`, reject || FATES[fate]];
  if (vi.length && en.length) words.push(`probability ${number(probability)}`);
  if (quality !== null) words.push(`quality ${number(quality)}`);
  return words.join(' · ');
}

function sentenceElement(pair, place, k, bead) {
  const fate = pair.beads[bead][3];
  const element = make('div', `sentence ${fate}`, marked(pair.sentences[place][k], pair.marks[place][k]));
  element.dataset.bead = bead;
  element.setAttribute('role', 'listitem');
  element.tabIndex = -1;
  const reject = pair.beads[bead][4];
  if (place === 0 && reject && k === pair.beads[bead][0].at(-1)) element.append(make('span', 'reason', '✕ ' + visible(reject)));
  if (fate === 'single') element.append(make('span', 'reason', 'no partner'));
  return element;
}

function alignmentView() {
  const [menu, holder, svg] = [find('pair'), find('sides'), find('ribbons')];
  let pair;
  let sides;
  const draw = () => pair && drawRibbons(svg, pair.beads, sides);

  const point = (index) => {
    for (const element of holder.querySelectorAll('[data-bead]')) {
      element.classList.toggle('on', Number(element.dataset.bead) === index);
    }
    holder.classList.toggle('pointing', index >= 0);
    if (index >= 0) find('bead').textContent = describe(pair, index);
  };

  const choose = (k) => {
    menu.value = String(k);
    pair = data.pairs[k];
    find('pair-facts').replaceChildren(...pairFacts(pair));
    sides = [0, 1].map((place) => {
      const owner = beadOf(pair, place);
      return pair.sentences[place].map((_, s) => sentenceElement(pair, place, s, owner[s]));
    });
    find('side-vi').replaceChildren(...sides[0]);
    find('side-en').replaceChildren(...sides[1]);
    const first = holder.querySelector('.sentence');
    if (first) first.tabIndex = 0;
    find('bead').textContent = `${plural(pair.beads.length, 'bead')}.`;
    holder.classList.remove('pointing');
    draw();
  };

  const beadAt = (event) => event.target.closest && event.target.closest('[data-bead]');
  const focusBead = (index, place) => {
    const bead = pair.beads[index];
    if (!bead) return;
    const side = bead[place].length ? place : 1 - place;
    for (const element of holder.querySelectorAll('[tabindex="0"]')) element.tabIndex = -1;
    const target = sides[side][bead[side][0]];
    target.tabIndex = 0;
    target.focus();
  };

  const keys = (event) => {
    const element = beadAt(event);
    if (!element) return;
    const index = Number(element.dataset.bead);
    const place = find('side-vi').contains(element) ? 0 : 1;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) focusBead(index + step, place);
    else if (event.key === 'ArrowRight') focusBead(index, 1);
    else if (event.key === 'ArrowLeft') focusBead(index, 0);
    else if (event.key === 'Home') focusBead(0, place);
    else if (event.key === 'End') focusBead(pair.beads.length - 1, place);
    else return;
    event.preventDefault();
  };

  fill(menu, data.pairs.map((each, k) => [String(k), pairName(each, k)]));
  find('aligner').hidden = false;
  menu.addEventListener('change', () => choose(Number(menu.value)));
  const turn = (by) => choose((Number(menu.value) + by + data.pairs.length) % data.pairs.length);
  find('previous-pair').addEventListener('click', () => turn(-1));
  find('next-pair').addEventListener('click', () => turn(1));
  holder.addEventListener('pointerover', (event) => {
    const element = beadAt(event);
    if (element) point(Number(element.dataset.bead));
  });
  holder.addEventListener('pointerleave', () => point(-1));
  holder.addEventListener('focusin', (event) => point(Number(beadAt(event).dataset.bead)));
  holder.addEventListener('focusout', () => point(-1));
  holder.addEventListener('keydown', keys);
  new ResizeObserver(draw).observe(holder);
  choose(0);
}
