// A product's mark: its first letters on a colour of its own. No vendor logos.
const hueCount = 8;

export function Monogram({name, size = 28}: {name: string; size?: number}) {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = words.length > 1 ? `${words[0]?.[0]}${words[1]?.[0]}` : name.slice(0, 2);
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7) % hueCount;
  return (
    <span
      aria-hidden="true"
      className={`monogram hue-${hue}`}
      style={{width: size, height: size, fontSize: Math.round(size * 0.4)}}
    >
      {letters}
    </span>
  );
}
