/** The page, put together. */

import { startColours } from "./colours.js";
import { showBrowse } from "./garments/browse.js";
import { showGarment } from "./garments/garment.js";
import { showRead } from "./read/read.js";
import { startRouter } from "./router.js";
import { showTrends } from "./trends/trends.js";

function startOffline(place) {
  const show = () => {
    place.hidden = navigator.onLine;
    place.textContent = navigator.onLine
      ? ""
      : "You are offline. What is on this page stays; new questions have to wait.";
  };
  addEventListener("online", show);
  addEventListener("offline", show);
  show();
}

startColours(document.getElementById("theme"));
startOffline(document.getElementById("offline"));
startRouter({ read: showRead, browse: showBrowse, trends: showTrends, garment: showGarment });
