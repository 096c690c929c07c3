/** Common Log Format in UTC: `12/Mar/2020:19:03:58 +0000`. */
export function requestTime(date: Date): string {
  // Thu, 12 Mar 2020 19:03:58 GMT
  const text = date.toUTCString();
  return `${text.slice(5, 7)}/${text.slice(8, 11)}/${text.slice(12, 16)}:${text.slice(17, 25)} +0000`;
}
