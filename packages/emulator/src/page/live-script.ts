/**
 * Keeps the page live: it is asked for again and those parts are exchanged that have changed. Zoom is the reader's own.
 * Runs in the browser as it stands, without a build.
 */
export const liveScript: string = `
const canvasOf = () => document.querySelector(".canvas");
const view = document.querySelector("main");
let chosen = null;

function zoom() {
  const canvas = canvasOf();
  if (!canvas) return;
  const fit = Math.min(1, (view.clientWidth - 4) / canvas.offsetWidth, (view.clientHeight - 4) / canvas.offsetHeight);
  const scale = chosen ?? Math.max(0.45, fit);
  const left = Math.max(0, (view.clientWidth - canvas.offsetWidth * scale) / 2);
  canvas.style.transform = "translateX(" + left + "px) scale(" + scale + ")";
  // a transform leaves the room as it was, so the margins take back what is not needed
  canvas.style.marginBottom = canvas.offsetHeight * (scale - 1) + "px";
  canvas.style.marginRight = canvas.offsetWidth * (scale - 1) + "px";
  document.querySelector("[data-zoom=fit]").textContent = Math.round(scale * 100) + "%";
}

addEventListener("click", (event) => {
  const wish = event.target.dataset?.zoom;
  if (!wish) return;
  const now = Number.parseInt(document.querySelector("[data-zoom=fit]").textContent, 10) / 100;
  chosen = wish === "fit" ? null : Math.min(2, Math.max(0.2, now * (wish === "in" ? 1.25 : 0.8)));
  zoom();
});
addEventListener("resize", zoom);

const parts = new Map([...document.querySelectorAll("[data-live]")].map((part) => [part.dataset.live, part.innerHTML]));

async function refresh() {
  try {
    const response = await fetch(location.href, { headers: { accept: "text/html" } });
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const name = part.dataset.live;
      const fresh = next.querySelector('[data-live="' + name + '"]')?.innerHTML ?? "";
      // compared with what was sent, since a zoom has changed what is there
      if (fresh === parts.get(name)) continue;
      parts.set(name, fresh);
      part.innerHTML = fresh;
      if (name === "canvas") zoom();
    }
    document.body.classList.remove("gone");
  } catch {
    document.body.classList.add("gone");
  }
}

zoom();
setInterval(() => { if (!document.hidden) refresh(); }, 1000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
`;
