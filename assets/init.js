// What scripts add to pages that are whole without them: focus on the error summary, character counts, a guard against
// pressing a button twice, and buttons that print.
import {initAll} from './govuk.js';

initAll();

if (document.querySelector('form[data-grid]'))
	import('./grid.js');

for (const button of document.querySelectorAll('button[data-print]')) {
	button.hidden = false;
	button.addEventListener('click', () => window.print());
}
