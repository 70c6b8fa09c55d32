// Before anything is painted: the colours that were chosen here, if any were.
(() => {
  const key = "attire-colours";
  try {
    const chosen = localStorage.getItem(key);
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage may be closed to us; the system's colours do then.
  }
})();
