/** What went wrong, in words, and what to do about it. */

const TOLD = {
  400: ["That question cannot be answered", "Change it as the text says."],
  401: ["A key is needed", "This service answers those who show it an API key. Ask whoever runs it for one."],
  403: ["This key may not do that", "Ask whoever runs the service for another key."],
  404: ["Not found", "It may have been removed since this page was opened."],
  408: ["It took too long to arrive", "The connection may be slow. Try again, or take a smaller photo."],
  413: ["The photo is too large", "Take a smaller one, or save it as JPEG first."],
  415: ["This is no picture we can read", "Take a JPEG, PNG or WebP file."],
  422: ["This is not as it should be", "Take another photo, or change what was asked."],
  429: ["Too many questions at once", "Wait a moment, then try again."],
  500: [
    "The service has failed",
    "That is a fault of ours. Try again; if it stays, tell whoever runs the service.",
  ],
  503: ["The service is busy", "It answers as many as it can at a time. Try again in a moment."],
  504: ["It took too long", "The service is busy. Try again in a moment."],
};

/** A question that was not answered. */
export class Problem extends Error {
  /**
   * @param {number} status HTTP's; 0 where nothing was reached.
   * @param {string} detail The service's own words.
   * @param {number} retryAfter Seconds to wait before trying again; 0 if it does not say.
   */
  constructor(status, detail, retryAfter = 0) {
    super(detail);
    this.status = status;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }

  /** A headline and what to do. */
  get told() {
    if (this.status === 0) {
      return navigator.onLine
        ? ["The service cannot be reached", "It may be starting or stopped. Try again in a moment."]
        : ["You are offline", "The page works again as soon as there is a connection."];
    }
    return TOLD[this.status] ?? TOLD[this.status >= 500 ? 500 : 400];
  }
}

/** Make a problem of an answer that is none. */
export async function problemOf(response) {
  let detail = "";
  try {
    const told = await response.json();
    detail = typeof told.detail === "string" ? told.detail : "";
  } catch {
    // Something between us and the service answered; its status has to do.
  }
  const wait = Number(response.headers.get("Retry-After"));
  return new Problem(response.status, detail, Number.isFinite(wait) ? wait : 0);
}
