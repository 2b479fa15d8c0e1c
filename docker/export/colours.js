// The reader's choice of colours, light, dark or the system's, is remembered where the browser
// lets pages remember. In the head, so that a page never flashes in the other colours.

const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

function chosenColours() {
  try {
    return localStorage.getItem("sparseq.colours") ?? "";
  } catch {
    return "";
  }
}

const isDark = () => (document.documentElement.dataset.colours ?? (systemIsDark.matches ? "dark" : "light")) === "dark";

function useColours(choice) {
  if (choice === "light" || choice === "dark") document.documentElement.dataset.colours = choice;
  else delete document.documentElement.dataset.colours;
  document.dispatchEvent(new Event("colours"));
}

useColours(chosenColours());
systemIsDark.addEventListener("change", () => document.dispatchEvent(new Event("colours")));
document.addEventListener("DOMContentLoaded", () => {
  const label = document.querySelector(".colours");
  const select = label.querySelector("select");
  label.hidden = false;
  select.value = document.documentElement.dataset.colours ?? "";
  select.addEventListener("change", () => {
    useColours(select.value);
    try {
      localStorage.setItem("sparseq.colours", select.value);
    } catch {
      // The choice holds for this page.
    }
  });
});
