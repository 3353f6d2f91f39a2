// The grid of a decision table, which is whole without this: the arrow keys and Enter go from cell to cell, and what is
// typed is checked while it is typed. The server checks and answers with the page, of which we take what is data-live.
const form = document.querySelector('form[data-grid]');

function go(input, rows, columns) {
	const cell = input.closest('td'), row = cell.parentElement;
	const to = row.parentElement.rows[row.sectionRowIndex + rows]?.cells[cell.cellIndex + columns]?.querySelector('input');
	if (to) {
		to.focus();
		to.select();
	}
	return !!to;
}

// Left and right belong to the text until its end; a text that is selected whole was just come to.
function asked(event) {
	const {value, selectionStart: from, selectionEnd: to} = event.target, whole = from === 0 && to === value.length;
	switch (event.key) {
	case 'ArrowUp': return [-1, 0];
	case 'ArrowDown': case 'Enter': return [1, 0];
	case 'ArrowLeft': return whole || to === 0 ? [0, -1] : null;
	case 'ArrowRight': return whole || from === value.length ? [0, 1] : null;
	default: return null;
	}
}

form.addEventListener('keydown', event => {
	if (!event.target.matches('td input') || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
		return;
	const way = asked(event);
	// Enter at the last row stays there: to save is a button's.
	if (way && (go(event.target, ...way) || event.key === 'Enter'))
		event.preventDefault();
});

let timer, running;

function take(page) {
	for (const place of document.querySelectorAll('[data-live]')) {
		const now = page.getElementById(place.id);
		if (now && now.innerHTML !== place.innerHTML) {
			place.replaceChildren(...now.childNodes);
			place.hidden = now.hidden;
		}
	}
	for (const input of form.querySelectorAll('td input')) {
		const wrong = !document.getElementById(input.id + '-error').hidden;
		input.classList.toggle('govuk-input--error', wrong);
		wrong ? input.setAttribute('aria-invalid', 'true') : input.removeAttribute('aria-invalid');
	}
}

async function check() {
	running?.abort();
	running = new AbortController();
	const typed = new URLSearchParams(new FormData(form));
	typed.set('act', 'check');
	try {
		const reply = await fetch(form.action, {method: 'POST', body: typed, signal: running.signal});
		if (reply.ok || reply.status === 422)
			take(new DOMParser().parseFromString(await reply.text(), 'text/html'));
	} catch {
		// Typed on meanwhile, or no network: saving asks again.
	}
}

form.addEventListener('input', () => {
	clearTimeout(timer);
	timer = setTimeout(check, 500);
});
