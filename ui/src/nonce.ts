// The nonce that the server's content security policy gave this page; libraries that make <style> elements carry it.
export function styleNonce(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce || undefined;
}
