// Lets an authenticator fill in a form. The words stand in the markup; this only shows the right one.

type Outcome = "cancelled" | "failed" | "known" | "unsupported";

/** Wraps a form with the hidden fields `credential` and `state`; `mode` is "get" or "create", `options` the question as JSON. */
export class RgPasskey extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    const button = form?.querySelector<HTMLButtonElement>("button[type=submit]");
    if (!form || !button) {
      return;
    }

    if (!window.PublicKeyCredential || !("parseRequestOptionsFromJSON" in PublicKeyCredential)) {
      this.show("unsupported");
      return;
    }

    button.disabled = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.ask(form, button);
    });
  }

  private async ask(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
    this.show(null);
    button.disabled = true;
    try {
      const asked = JSON.parse(this.getAttribute("options") ?? "{}") as unknown;
      const answer =
        this.getAttribute("mode") === "create"
          ? await navigator.credentials.create({
              publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked as PublicKeyCredentialCreationOptionsJSON),
            })
          : await navigator.credentials.get({
              publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked as PublicKeyCredentialRequestOptionsJSON),
            });
      const field = form.elements.namedItem("credential") as HTMLInputElement;
      field.value = JSON.stringify((answer as PublicKeyCredential).toJSON());
      // Not requestSubmit: that would come back here.
      form.submit();
    } catch (problem) {
      const name = problem instanceof DOMException ? problem.name : "";
      this.show(name === "NotAllowedError" || name === "AbortError" ? "cancelled" : name === "InvalidStateError" ? "known" : "failed");
      button.disabled = false;
    }
  }

  private show(outcome: Outcome | null): void {
    for (const word of this.querySelectorAll<HTMLElement>("[data-when]")) {
      word.hidden = word.dataset["when"] !== outcome;
    }
  }
}
