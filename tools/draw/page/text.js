// How wide a text is, in the pinned fonts.

const FAMILIES = ['Noto Sans', 'Noto Sans KR'];
const pen = document.createElement('canvas').getContext('2d');

/** Load the faces that `words` need; measuring before this would measure a stand-in. */
export async function loadFonts(words, settings) {
  const text = words.join(' ') + ' Aa';
  const weights = new Set(['name', 'label', 'title'].map((kind) => settings.text[kind].weight));
  for (const weight of weights) {
    for (const family of FAMILIES) await document.fonts.load(`${weight} 16px "${family}"`, text);
  }
}

/** The lines of a label: authors break them with <br>. */
export function linesOf(label) {
  return label
    .split(/\s*<br\s*\/?>\s*|\n/i)
    .map((line) => decode(line).replace(/\s+/g, ' ').trim())
    .filter(Boolean);
}

function decode(text) {
  const box = document.createElement('textarea');
  box.innerHTML = text;
  return box.value;
}

/** Width and height to keep free for `lines`, with room for a reader's wider font. */
export function room(lines, kind, settings) {
  const style = settings.text[kind];
  pen.font = `${style.weight} ${style.size}px ${FAMILIES.map((name) => `"${name}"`).join(',')}`;
  const widest = Math.max(0, ...lines.map((line) => pen.measureText(line).width));
  return {
    width: Math.ceil(widest * style.room),
    height: lines.length * style.line,
  };
}

/** Break `text` into lines that fit `width`, at spaces only. */
export function wrap(text, kind, width, settings) {
  const lines = [];
  for (const part of linesOf(text)) {
    let line = '';
    for (const word of part.split(' ')) {
      const longer = line ? `${line} ${word}` : word;
      if (line && room([longer], kind, settings).width > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
  }
  return lines;
}
