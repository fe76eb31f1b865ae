// Puts what the bridge says into the page as it comes. Without it the page asks anew by itself; nothing here decides anything.
const kiosk = document.querySelector('[data-stream]');
if (kiosk) {
  const quiet = 12000;
  let heard = performance.now();
  let waits = 1000;
  const open = () => {
    const stream = new EventSource(kiosk.dataset.stream);
    stream.onmessage = (news) => {
      heard = performance.now();
      waits = 1000;
      kiosk.innerHTML = news.data;
    };
    stream.addEventListener('beat', () => { heard = performance.now(); });
    // A broken connection is mended by the browser; one that was refused is not.
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED) {
        waits = Math.min(waits * 2, 15000);
        setTimeout(open, waits);
      }
    };
  };
  open();
  setInterval(() => {
    if (performance.now() - heard > quiet) {
      kiosk.replaceChildren(document.querySelector('#lost').content.cloneNode(true));
    }
  }, 1000);
}
const print = document.querySelector('[data-print]');
if (print) {
  print.hidden = false;
  print.addEventListener('click', () => window.print());
}
