theme(find('theme'));
if (find('aligner')) alignmentView();
if (find('list')) rowList();
// On paper nothing can be opened, so everything is.
addEventListener('beforeprint', () => {
  for (const each of document.querySelectorAll('#funnel details')) each.open = true;
});
