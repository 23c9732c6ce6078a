/**
 * Runs in the reader's browser: looks every two seconds whether anything is new, and then replaces
 * only the live parts of the page, so that nobody loses their place, focus or half-read mail.
 */
export const inboxScript = `
const localTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

function showLocalTimes(root) {
  for (const moment of root.querySelectorAll('time[datetime]')) {
    moment.title = moment.dateTime;
    moment.textContent = localTime.format(new Date(moment.dateTime));
  }
}

function fitFrame(frame) {
  const content = frame.contentDocument?.documentElement;
  if (content) frame.style.height = Math.max(160, content.scrollHeight) + 'px';
}

async function refresh() {
  const page = document.documentElement;
  const { version } = await (await fetch('/inbox/version')).json();
  if (String(version) === page.dataset.version) return;
  const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
  showLocalTimes(fresh);
  const focused = document.activeElement?.getAttribute('href');
  for (const part of document.querySelectorAll('[data-live]')) {
    const newer = fresh.querySelector('[data-live="' + part.dataset.live + '"]');
    if (!newer || newer.innerHTML === part.innerHTML) continue;
    const known = new Set([...part.querySelectorAll('[data-key]')].map((row) => row.dataset.key));
    const top = part.scrollTop;
    const left = part.scrollLeft;
    part.replaceChildren(...newer.childNodes);
    part.scrollTop = top;
    part.scrollLeft = left;
    for (const row of part.querySelectorAll('[data-key]')) {
      if (!known.has(row.dataset.key)) row.classList.add('fresh');
    }
  }
  if (focused) document.querySelector('[data-live] a[href="' + CSS.escape(focused) + '"]')?.focus({ preventScroll: true });
  page.dataset.version = String(version);
}

showLocalTimes(document);
for (const frame of document.querySelectorAll('iframe.body')) {
  frame.addEventListener('load', () => fitFrame(frame));
  window.addEventListener('resize', () => fitFrame(frame));
  fitFrame(frame);
}
setInterval(() => {
  if (!document.hidden) refresh().catch(() => {});
}, 2000);
`;
