// The list of rows: search, filters, and a page of results at a time.
const [ID, VI, EN, VI_MARKS, EN_MARKS, BEAD, ORIGIN, SPLIT, REJECT, DOCUMENT, SCORES] = Array(11).keys();
const FACTS = ['title', 'author', 'site', 'url', 'published', 'license', 'source'];
const PAGE = 25;
const KEPT = 'kept';
const ANY = '';

// Values that occur in a column, with their counts, as options of a menu.
function tally(column, name) {
  const counts = new Map();
  for (const row of data.rows) counts.set(name(row[column]), (counts.get(name(row[column])) || 0) + 1);
  return [...counts].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([value, times]) => [value, `${value} (${count(times)})`]);
}

const fateOf = (reject) => reject ?? KEPT;
const splitOf = (split) => split ?? 'none';

// A query typed with diacritics means them; one typed without finds words with any.
function matcher(query) {
  const plain = query.normalize('NFC').toLowerCase().trim();
  if (!plain) return () => true;
  if (fold(plain) !== plain) return (row) => [VI, EN].some((side) => row[side].toLowerCase().includes(plain));
  return (row) => {
    row.folded ??= fold(row[VI] + '\n' + row[EN]);
    return row.folded.includes(plain);
  };
}

function inRange(value, low, high) {
  if (low === null && high === null) return true;
  return value !== null && (low === null || value >= low) && (high === null || value <= high);
}

function chosenRows() {
  const value = (id) => find(id).value;
  const bound = (id) => (value(id) === '' || Number.isNaN(Number(value(id))) ? null : Number(value(id)));
  const matches = matcher(value('query'));
  const score = data.scores.indexOf(value('score'));
  const [low, high] = [bound('low'), bound('high')];
  const fate = value('fate');
  return data.rows.filter((row) =>
    (fate === ANY || (fate === '*rejected' ? row[REJECT] !== null : fateOf(row[REJECT]) === fate)) &&
    (value('origin') === ANY || row[ORIGIN] === value('origin')) &&
    (value('split') === ANY || splitOf(row[SPLIT]) === value('split')) &&
    (score < 0 || inRange(row[SCORES][score], low, high)) &&
    matches(row));
}

function side(lang, text, marks) {
  const paragraph = make('p', '', marked(text, marks));
  paragraph.lang = lang;
  return paragraph;
}

function scoreList(values) {
  const list = make('dl', 'scores');
  data.scores.forEach((name, k) => {
    if (values[k] !== null) list.append(make('div', '', make('dt', '', name), make('dd', '', number(values[k]))));
  });
  return list;
}

function documentLine(row) {
  const parts = data.documents[row[DOCUMENT]].map((fact, k) => fact &&
    make('span', 'fact', make('b', '', FACTS[k] + ' '), FACTS[k] === 'url' ? address(fact) : datum(fact)));
  return make('p', 'document', ...parts, make('span', 'fact', make('b', '', 'id '), row[ID]));
}

function card(row) {
  const tags = [row[BEAD] && `${row[BEAD]} sentences`, row[ORIGIN], row[SPLIT]].filter(Boolean);
  const fate = row[REJECT] ? make('span', 'tag rejected', '✕ ' + visible(row[REJECT])) : make('span', 'tag kept', '✓ kept');
  const quality = row[SCORES][data.scores.indexOf('quality')] ?? null;
  const head = make('p', 'tags', fate, ...tags.map((tag) => make('span', 'tag', visible(tag))),
    quality === null ? null : make('span', 'tag', 'quality ' + number(quality)));
  const more = make('details', '', make('summary', '', 'Scores and source'), scoreList(row[SCORES]), documentLine(row));
  return make('li', 'row', head, make('div', 'two', side('vi', row[VI], row[VI_MARKS]), side('en', row[EN], row[EN_MARKS])), more);
}

function rowList() {
  const list = find('list');
  const more = find('more');
  let chosen = [];
  let shown = 0;
  const grow = () => {
    list.append(...chosen.slice(shown, shown + PAGE).map(card));
    shown = Math.min(chosen.length, shown + PAGE);
    more.hidden = shown === chosen.length;
    more.textContent = `Show ${Math.min(PAGE, chosen.length - shown)} more`;
  };
  const renew = () => {
    chosen = chosenRows();
    shown = 0;
    list.replaceChildren();
    find('found').textContent = chosen.length ? `${plural(chosen.length, 'row')} of ${count(data.rows.length)} here.` :
      'No row is like that. Clear a filter, or search for less.';
    grow();
  };
  const rejected = data.rows.filter((row) => row[REJECT] !== null).length;
  fill(find('fate'), [[ANY, 'any'], ['*rejected', `rejected, any reason (${count(rejected)})`], ...tally(REJECT, fateOf)]);
  fill(find('origin'), [[ANY, 'any'], ...tally(ORIGIN, String)]);
  fill(find('split'), [[ANY, 'any'], ...tally(SPLIT, splitOf)]);
  fill(find('score'), data.scores.map((name) => [name, name]));
  const filters = find('filters');
  filters.hidden = false;
  filters.addEventListener('input', renew);
  filters.addEventListener('submit', (event) => event.preventDefault());
  filters.addEventListener('reset', () => setTimeout(renew));
  more.addEventListener('click', grow);
  renew();
}
