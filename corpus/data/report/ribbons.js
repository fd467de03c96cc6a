// Ribbons: for every bead a band between the sentences it joins.
function svgElement(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

// Top and bottom of a bead's sentences, as seen from the top of the drawing.
function extent(sentences, top) {
  const boxes = sentences.map((sentence) => sentence.getBoundingClientRect());
  return [Math.min(...boxes.map((box) => box.top)) - top + 3, Math.max(...boxes.map((box) => box.bottom)) - top - 3];
}

function band([a, b], [c, d], width) {
  const half = width / 2;
  return `M0 ${a}C${half} ${a} ${half} ${c} ${width} ${c}L${width} ${d}C${half} ${d} ${half} ${b} 0 ${b}Z`;
}

// A sentence without a partner: a short stub that ends in the open.
function stub([a, b], width, onLeft) {
  const [from, to] = onLeft ? [0, width * 0.16] : [width, width * 0.84];
  return `M${from} ${a}L${to} ${(a + b) / 2}L${from} ${b}Z`;
}

function drawBead(svg, bead, index, sides, box) {
  const [vi, en, probability, fate] = bead;
  const left = vi.map((k) => sides[0][k]);
  const right = en.map((k) => sides[1][k]);
  const group = svgElement('g', { class: `ribbon ${fate}`, 'data-bead': index });
  if (!left.length || !right.length) {
    const ends = extent(left.length ? left : right, box.top);
    group.append(svgElement('path', { d: stub(ends, box.width, left.length > 0) }));
  } else {
    const [from, to] = [extent(left, box.top), extent(right, box.top)];
    const opacity = fate === 'kept' ? 0.06 + 0.32 * (probability ?? 0.5) ** 2 : 0.14;
    group.append(svgElement('path', { d: band(from, to, box.width), 'fill-opacity': opacity.toFixed(2) }));
    const middle = (from[0] + from[1] + to[0] + to[1]) / 4;
    const label = svgElement('text', { x: box.width / 2, y: middle, 'text-anchor': 'middle', 'dominant-baseline': 'central' });
    label.textContent = (fate === 'rejected' ? '✕ ' : '') + number(probability);
    group.append(label);
  }
  svg.append(group);
}

function drawRibbons(svg, beads, sides) {
  svg.replaceChildren();
  const box = svg.getBoundingClientRect();
  svg.setAttribute('viewBox', `0 0 ${box.width} ${box.height}`);
  beads.forEach((bead, index) => drawBead(svg, bead, index, sides, box));
}
