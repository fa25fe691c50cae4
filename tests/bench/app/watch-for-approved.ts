declare global {
  interface Window {
    /** Resolves with the milliseconds of the latest sale, once it is painted. */
    approvedPainted: Promise<number>;
  }
}

/**
 * Runs in the page before anything of its own, so that it hears the bridge first. Must be whole in itself: it is sent
 * there as text.
 */
export function watchForApproved(): void {
  let sale = '';
  const afterFrame = (): Promise<number> =>
    new Promise((resolve) => requestAnimationFrame(resolve));
  const painted = async (sinceMs: number): Promise<number> => {
    while (document.querySelector('h1')?.textContent.trim() !== 'Approved') await afterFrame();
    await afterFrame();
    await afterFrame();
    return performance.now() - sinceMs;
  };
  const listen = (): void => {
    window.kiosk.on('kiosk:changed', (snapshot) => {
      if (snapshot.sale?.state !== 'paid' || snapshot.sale.id === sale) return;
      sale = snapshot.sale.id;
      window.approvedPainted = painted(performance.now());
    });
  };
  // The bridge is there once the page is parsed; the page's own script runs after that.
  document.addEventListener('readystatechange', listen, { once: true });
}
