/* Leaving at once. Without this file the same button is a plain link to the same place. */
import { ExitThisPage } from "./govuk/exit-this-page.mjs";
import { keep } from "./keep.mjs";
import { suggest } from "./suggest.mjs";

class LeaveAtOnce extends ExitThisPage {
  /* As upstream, but the page is replaced: going back does not lead to it. */
  exitPage() {
    this.$updateSpan.textContent = "";
    document.title = "Loading";
    document.body.classList.add("govuk-exit-this-page-hide-content");
    this.$overlay = document.createElement("div");
    this.$overlay.className = "govuk-exit-this-page-overlay";
    this.$overlay.setAttribute("role", "alert");
    this.$overlay.textContent = this.i18n.t("activated");
    document.body.appendChild(this.$overlay);
    window.location.replace(this.$button.href);
  }
}

document.body.classList.add("govuk-frontend-supported");
for (const root of document.querySelectorAll("[data-module='govuk-exit-this-page']")) {
  new LeaveAtOnce(root);
}
for (const form of document.querySelectorAll("form[data-suggestions]")) {
  suggest(form);
}
keep();
