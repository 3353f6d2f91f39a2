// Before anything is drawn: say that scripts run, so that nothing moves later.
document.body.classList.add('js-enabled', ...('noModule' in HTMLScriptElement.prototype ? ['govuk-frontend-supported'] : []));
