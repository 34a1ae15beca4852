// Signs in at a real territory: address, password, and the second factor, which is set up on the way where it is asked for the first time.
import { createHmac } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code of this half minute for a secret in base 32 (RFC 6238, SHA-1, six digits). */
export function code(secret, now = Date.now()) {
  const bits = [...secret.replaceAll(/[\s=]/g, '').toUpperCase()].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Answers the secret of the second factor, when one was set up here. */
export async function signIn(page, { address, password, totp, origin }) {
  const submit = () => page.locator('button.main[type="submit"]').last().click();
  let secret = totp;
  await page.locator('input[name="username"]').fill(address);
  await submit();
  await page.locator('input[name="password"]').fill(password);
  await submit();
  const home = page.locator('.e-capacity');
  const codes = page.locator('input[name="otp"]');
  const setUp = page.locator('input[name="totp"]');
  const kinds = page.locator('button[name="factor"][value="code"]');
  await home.or(codes).or(setUp).or(kinds).first().waitFor();
  if (await kinds.count()) {
    await kinds.click();
    await setUp.waitFor();
  }
  if (await setUp.count()) {
    if (!(await page.locator('code.secret').count())) await page.locator('a[href*="mode=manual"]').click();
    secret = await page.locator('code.secret').innerText();
    await setUp.fill(code(secret));
    await submit();
  } else if (await codes.count()) {
    await codes.fill(code(secret));
    await submit();
  }
  await page.waitForURL((url) => url.href.startsWith(origin));
  await home.waitFor();
  return secret;
}
