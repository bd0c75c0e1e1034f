// Where "Contact support" leads. A letter brings the id of the request that failed along; a web address is left as it is,
// since nobody knows what it would make of more.

export function supportAddress(url: string, subject: string | undefined): string {
  if (!url.startsWith('mailto:') || subject === undefined || /[?&]subject=/i.test(url)) return url;
  return `${url}${url.includes('?') ? '&' : '?'}subject=${encodeURIComponent(subject)}`;
}
