// Passkeys and the show-password box. No library, nothing inline: what a page knows is in its data attributes.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const set = (form, name, value) => { form.elements[name].value = value; };
const list = (value) => (value ?? '').split(/[\s,]+/).filter(Boolean);
const stated = (value) => (value && value !== 'not specified' ? value : undefined);
let pending;

function fail(form, reason) {
  set(form, 'error', String(reason));
  form.submit();
}

async function authenticate(form, mediation) {
  const { challenge, verification, rp, timeout, unsupported, allowed } = form.dataset;
  if (!window.PublicKeyCredential) return fail(form, unsupported);
  pending?.abort();
  pending = new AbortController();
  const publicKey = {
    challenge: bytes(challenge), rpId: rp, userVerification: stated(verification),
    allowCredentials: list(allowed).map((id) => ({ id: bytes(id), type: 'public-key' })),
    timeout: Number(timeout) ? Number(timeout) * 1000 : undefined,
  };
  const { response, id } = await navigator.credentials.get({ publicKey, signal: pending.signal, mediation });
  set(form, 'clientDataJSON', text(response.clientDataJSON));
  set(form, 'authenticatorData', text(response.authenticatorData));
  set(form, 'signature', text(response.signature));
  set(form, 'credentialId', id);
  if (response.userHandle) set(form, 'userHandle', text(response.userHandle));
  form.submit();
}

async function register(form) {
  const d = form.dataset;
  if (!window.PublicKeyCredential) return fail(form, d.unsupported);
  const publicKey = {
    challenge: bytes(d.challenge), rp: { id: d.rp, name: d.rpname },
    user: { id: bytes(d.userid), name: d.username, displayName: d.username },
    pubKeyCredParams: list(d.algorithms).map((alg) => ({ type: 'public-key', alg: Number(alg) })),
    attestation: stated(d.attestation), timeout: Number(d.timeout) ? Number(d.timeout) * 1000 : undefined,
    authenticatorSelection: {
      authenticatorAttachment: stated(d.attachment), userVerification: stated(d.verification),
      residentKey: d.resident === 'Yes' ? 'required' : undefined, requireResidentKey: d.resident === 'Yes',
    },
    excludeCredentials: list(d.excluded).map((id) => ({ id: bytes(id), type: 'public-key' })),
  };
  const made = await navigator.credentials.create({ publicKey });
  set(form, 'clientDataJSON', text(made.response.clientDataJSON));
  set(form, 'attestationObject', text(made.response.attestationObject));
  set(form, 'publicKeyCredentialId', made.id);
  set(form, 'transports', made.response.getTransports?.().join(',') ?? '');
  set(form, 'authenticatorAttachment', made.authenticatorAttachment ?? '');
  form.submit();
}

const webauth = document.getElementById('webauth');
webauth?.querySelector('[data-passkey]')?.addEventListener('click', () => authenticate(webauth).catch((e) => fail(webauth, e)));
const registration = document.getElementById('register');
registration?.querySelector('[data-register]')?.addEventListener('click', () => register(registration).catch((e) => fail(registration, e)));

// Passkeys offered by the browser in the address field itself, where it can; silence where it cannot.
if (webauth?.dataset.conditional && (await window.PublicKeyCredential?.isConditionalMediationAvailable?.())) {
  authenticate(webauth, 'conditional').catch(() => {});
}

for (const box of document.querySelectorAll('[data-shows]')) {
  box.addEventListener('change', () => {
    for (const id of list(box.dataset.shows)) document.getElementById(id).type = box.checked ? 'text' : 'password';
  });
}

// One press is enough.
for (const form of document.forms) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
  });
}
window.addEventListener('pageshow', () => { for (const form of document.forms) delete form.dataset.sent; });

// A message on its way between two servers.
document.querySelector('form[data-at-once]')?.submit();

// Signing out: forms go into their frames; once every frame has answered, or after a moment for those that never do, the browser goes on.
const onward = document.querySelector('a[data-when-told]');
if (onward) {
  const frames = [...document.querySelectorAll('iframe')];
  document.querySelectorAll('form[data-telling]').forEach((form) => form.submit());
  const answered = frames.map((frame) => new Promise((resolve) => { frame.addEventListener('load', resolve, { once: true }); }));
  Promise.race([Promise.all(answered), new Promise((resolve) => { setTimeout(resolve, 4000); })]).then(() => window.location.replace(onward.href));
}
