// Runs in every page that benchmarks/live.py opens, before the page's own scripts: watches the player's attributes.
// Times are milliseconds since the navigation began.
(() => {
  const live = { root: null, firstMove: null, changes: [], ticks: [], clicked: null };
  window.__live = live;

  const find = (node) => {
    const hit = node.querySelector('[data-testid="player"]');
    if (hit) return hit;
    for (const element of node.querySelectorAll("*")) {
      const inside = element.shadowRoot && find(element.shadowRoot);
      if (inside) return inside;
    }
    return null;
  };
  const part = (name) => live.root.querySelector(`[data-testid="${name}"]`);
  const read = () => {
    const { frame, frames, state } = live.root.dataset;
    return { time: performance.now(), frame: Number(frame ?? -1), frames: Number(frames ?? 0), state };
  };

  const observer = new MutationObserver(() => {
    const now = read();
    const before = live.changes.at(-1);
    if (before && before.frame === now.frame && before.frames === now.frames && before.state === now.state) return;
    if (live.firstMove === null && before && before.frame >= 0 && now.frame !== before.frame) live.firstMove = now.time;
    live.changes.push(now);
  });
  const attributeFilter = ["data-frame", "data-frames", "data-state"];
  const tick = () => {
    if (!live.root?.isConnected) {
      live.root = find(document);
      if (live.root) {
        live.changes.push(read());
        observer.observe(live.root, { attributes: true, attributeFilter });
      }
    }
    if (live.root) live.ticks.push(read());
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);

  // The frames drawn after a click: those that the clicked button should have prevented, if it pauses.
  addEventListener(
    "click",
    () => {
      if (live.root) live.clicked = read();
    },
    { capture: true },
  );
  live.drawnSinceClick = () =>
    new Set(
      live.changes.filter((c) => c.time > live.clicked.time && c.frame !== live.clicked.frame).map((c) => c.frame),
    ).size;

  // Move the timeline to `count` random places; returns for each the milliseconds until the change was on the screen.
  live.scrub = async (count) => {
    const named = part("player-timeline");
    const slider = named.matches("input") ? named : named.querySelector("input[type=range]");
    const pause = (ms) => new Promise((done) => setTimeout(done, ms));
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const taken = [];
    for (let i = 0; i < count; i++) {
      const [low, high] = [Number(slider.min), Number(slider.max)];
      const step = Math.floor(Math.random() * (high - low)) + 1; // never 0: another frame than the one drawn
      const target = low + ((Number(slider.value) - low + step) % (high - low + 1));
      await pause(Math.random() * 17); // anywhere between two refreshes of the screen
      const drawn = live.root.dataset.frame;
      const start = performance.now();
      slider.value = target;
      slider.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
      while (live.root.dataset.frame === drawn && performance.now() - start < 2000) await pause(0);
      await painted();
      taken.push(performance.now() - start);
    }
    return taken;
  };
})();
