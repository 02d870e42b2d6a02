/* Questions: each answer becomes a button. Choosing one says whether it is right, and opens the
   reasons. Nothing of it is kept, here or anywhere. */

/** What is said to who does not see it. */
function spoken() {
  const status = document.createElement("p");
  status.className = "q-s vh";
  status.setAttribute("role", "status");
  return status;
}

/** Have the answers of a list of questions chosen. @param {Element} quiz */
function prepare(quiz) {
  for (const answer of quiz.querySelectorAll(".q-o > li")) {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-pressed", "false");
    button.append(...answer.childNodes);
    answer.append(button);
  }
  const status = spoken();
  quiz.after(status);
  quiz.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest(".q-o button");
    if (button) status.textContent = choose(button);
  });
}

/** Show what was chosen, what is right, and why. Return the first and the last of it in words.
    @param {Element} button */
function choose(button) {
  const question = /** @type {Element} */ (button.closest(".q"));
  const buttons = [...question.querySelectorAll(".q-o button")];
  const reasons = [...question.querySelectorAll(".q-a li")];
  buttons.forEach((each, number) => {
    const chosen = each === button;
    const right = reasons[number].classList.contains("right");
    each.setAttribute("aria-pressed", String(chosen));
    each.classList.toggle("is-right", right);
    each.classList.toggle("is-wrong", chosen && !right);
    reasons[number].classList.toggle("chosen", chosen);
  });
  /** @type {HTMLDetailsElement} */ (question.querySelector("details")).open = true;
  const told = reasons[buttons.indexOf(button)];
  return [...told.querySelectorAll("b, span")].map((part) => part.textContent).join(" ");
}

/** Put the questions of this page in the place of the link to them, and go there.
    @param {Event} event */
function show(event) {
  /** @type {HTMLElement | null} */
  const link = document.querySelector("p.practice");
  const questions = window.practice;
  if (link && !questions) return;
  event.preventDefault();
  if (link && questions) {
    const box = document.createElement("div");
    box.innerHTML = questions;
    // Beside another language, each part of the page has a row of its own.
    /** @type {NodeListOf<HTMLElement>} */
    const parts = box.querySelectorAll(":scope > *");
    for (const part of parts) part.style.gridRow = link.style.gridRow;
    link.replaceWith(...box.children);
    document.querySelectorAll("section.practice .quiz").forEach(prepare);
  }
  const named = document.getElementById(location.hash.slice(1));
  const title = /** @type {HTMLElement} */ (document.getElementById("practice-title"));
  (named?.closest(".q") || title).scrollIntoView();
  title.focus({ preventScroll: true });
}

document.addEventListener("site:quiz", (event) => {
  event.preventDefault();
  document.querySelectorAll(".quiz").forEach(prepare);
});
document.addEventListener("site:practice", show);
