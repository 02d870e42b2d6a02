// The search engine, part by part, on a small site. Run by tests/search/test_engine.py, or by hand:
// node --test tests/unit/search.test.js
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { search, conceptsIndex, listed, textsIndex } = require("./search-site.js");

const library = new search.Library(conceptsIndex());
const texts = new search.Texts(textsIndex(), library);
const { vocabulary } = library;
const HANGUL = /[\u3131-\ud7a3]/;
const word = (surface) => ({ surface, hangul: HANGUL.test(surface) });

/** Each input beside what a function makes of it. */
function made(by, expected) {
  for (const [given, value] of expected) assert.deepEqual(by(given), value, String(given));
}

test("Hangul is the keys that type it", () => {
  made(search.keysOf, [
    ["컬", "zjf"],
    ["값이 tea 꽃", "rkqtdl tea rhc"],
    ["ㄳ", "rt"],
    ["Ab", "ab"],
  ]);
  made(search.keysOfCharacter, [
    ["꽃", "Rhc"],
    ["ㄲ", "R"],
    ["a", "a"],
    ["힣", "glg"],
    ["가", "rk"],
  ]);
  made(search.initialsOf, [
    ["컨테이너", "zxds"],
    ["까치", "rc"],
    ["tea", "tea"],
  ]);
});

test("what was typed in the other layout is read back", () => {
  made(search.readAsHangul, [
    ["zjsxpdlsj", "컨테이너"],
    ["rkqtdl", "값이"],
    ["rkqt", "값"],
    ["RKcl", "까치"],
    ["ZJA", "컴"],
    ["Eo", "때"],
    ["rtk", "ㄱ사"],
    ["dho", "왜"],
    ["qnpfr", "뷁"],
    ["hello", "ㅗ디ㅣㅐ"],
    ["rkq1", "갑1"],
    ["sw", null],
    ["bcd", null],
    ["", null],
  ]);
  made(search.otherLayout, [
    ["dnflrl", "우리기"],
    ["우리기", "dnflrl"],
    ["", null],
  ]);
});

test("an English word sounds as its Korean spelling does", () => {
  made(search.soundOfHangul, [
    ["패킷", "pkt"],
    ["파슬린", "psln"],
    ["까치", "ks"],
    ["강남", "knm"],
    ["ㅋ커피", "kp"],
    ["앉다", "t"],
    ["셔틀", "stl"],
  ]);
  made(search.soundOfEnglish, [
    ["packet", "pkt"],
    ["porcelain", "psln"],
    ["station", "stsn"],
    ["vision", "psn"],
    ["school", "skl"],
    ["chat", "st"],
    ["mesh", "ms"],
    ["phone", "pn"],
    ["light", "lt"],
    ["queue", "k"],
    ["check", "sk"],
    ["box", "pks"],
    ["ring", "ln"],
    ["rings", "lnks"],
    ["city", "st"],
    ["cycle", "skl"],
    ["cat", "kt"],
    ["gem", "sm"],
    ["gate", "kt"],
    ["car", "k"],
    ["carry", "kl"],
    ["fever", "p"],
    ["dove", "tp"],
    ["zoo", "s"],
    ["jam", "sm"],
    ["hash", "hs"],
    ["letter", "lt"],
  ]);
});

test("a text is brought into one form", () => {
  made(search.normal, [
    ["o\ufb03ce \u2460", "office 1"],
    ["kettle's cup\u2019s pots'", "kettle cup pots'"],
    ["a\u200bb\u00ad\ufeff", "ab"],
    ["\uff34ea", "Tea"],
    ["ㅋㅌ", "ㅋㅌ"],
    ["e\u0301", "\u00e9"],
    ["\uffbb\uffc2\uffa3", "칷"],
    ["\uffc7\uffda\uffdc", "ㅔㅡㅣ"],
  ]);
  assert.deepEqual(
    search
      .wordsOf("tea우리기 KettleSwitch, x2Go 물", true)
      .map((one) => [one.surface, one.hangul, one.attached]),
    [
      ["tea", false, false],
      ["우리기", true, true],
      ["Kettle", false, false],
      ["Switch", false, false],
      ["x2", false, false],
      ["Go", false, false],
      ["물", true, false],
    ],
  );
  assert.deepEqual(
    search.wordsOf("KettleSwitch", false).map((one) => one.surface),
    ["KettleSwitch"],
  );
  assert.deepEqual(search.wordsOf(" \u2026 ", true), []);
});

test("an English word loses its ending", () => {
  made(search.englishStem, [
    ["cities", "city"],
    ["ties", "ty"],
    ["boxes", "box"],
    ["classes", "class"],
    ["churches", "church"],
    ["wishes", "wish"],
    ["quizzes", "quizz"],
    ["cups", "cup"],
    ["glass", "glass"],
    ["is", "is"],
    ["this", "this"],
    ["basis", "basis"],
    ["bus", "bus"],
    ["steeping", "steep"],
    ["steeped", "steep"],
    ["ring", "ring"],
    ["bed", "bed"],
    ["running", "run"],
    ["stopped", "stop"],
    ["billing", "bil"],
    ["calling", "cal"],
    ["seeing", "see"],
    ["action", "action"],
    ["extension", "extens"],
    ["connection", "connect"],
    ["lion", "lion"],
    ["cache", "cach"],
    ["pulled", "pul"],
    ["pull", "pul"],
    ["used", "used"],
    ["drying", "dry"],
    ["shed", "shed"],
    ["tsks", "tsk"],
  ]);
});

test("a Korean word loses one ending after the other, up to a limit", () => {
  assert.deepEqual(search.koreanStems("찻잔에서는", ["에서", "는"]), [
    "찻잔에서는",
    "찻잔에서",
    "찻잔",
  ]);
  assert.deepEqual(search.koreanStems("는", ["는"]), ["는"]);
  assert.deepEqual(search.koreanStems("가나나", ["나"]), ["가나나", "가나", "가"]);
  const endings = Array.from("abcdefghij", (_, at) => "abcdefghij".slice(at));
  assert.equal(search.koreanStems("xabcdefghij", endings).length, 11);
  assert.equal(search.koreanStems("x" + "가".repeat(12), ["가"]).length, 8);
});

test("edits are counted, a swap as one, and no further than asked", () => {
  const rows = [
    ["kettle", "kettle", 2, 0],
    ["kettle", "ketle", 2, 1],
    ["kettle", "kettel", 2, 1],
    ["kettle", "cattle", 2, 2],
    ["kettle", "pot", 2, 3],
    ["abc", "cba", 3, 2],
    ["abcd", "badc", 3, 2],
    ["", "ab", 2, 2],
    ["abc", "xyz", 2, 3],
    ["ab", "ba", 1, 1],
    ["kitten", "sitting", 3, 3],
    ["kitten", "sitting", 2, 3],
  ];
  for (const [a, b, most, edits] of rows)
    assert.equal(search.editDistance(a, b, most), edits, `${a} ${b}`);
  assert.equal(search.letterBits("abc"), 112);
  assert.equal(search.letterBits("aabbcc"), 112);
  assert.equal(search.bitCount(search.letterBits("abc") ^ search.letterBits("abd")), 2);
  made(search.bitCount, [
    [0, 0],
    [-1, 32],
    [5, 2],
  ]);
});

test("an index is unpacked", () => {
  made(search.numbersOf, [
    ["$", [0]],
    ["$$", [0, 1]],
    ["&$", [2, 3]],
    ["~$", [40]],
    ["", []],
  ]);
  made(search.slugOf, [
    ["What it costs (a lot)", "what-it-costs-a-lot"],
    ["--", ""],
    ["A  b!", "a-b"],
  ]);
  const packed = { a: ["\x7fck tea", 3], b: { c: "x", d: null, e: "\x7fbcd" } };
  assert.deepEqual(search.unpacked(packed), { a: ["차 tea", 3], b: { c: "x", d: null, e: "bcd" } });
  const list = { words: "#green#tea&r$ime", texts: "$ $$ & ", questions: " $  $" };
  assert.deepEqual(
    search.wordsFrom(list, false).map((one) => [one.surface, one.inTexts, one.asked]),
    [
      ["green", [0], []],
      ["tea", [0, 1], [0]],
      ["tear", [2], []],
      ["time", [], [0]],
    ],
  );
  const hangul = search.wordsFrom({ words: "#ck#bcd", texts: " ", questions: " " }, true);
  assert.deepEqual(
    hangul.map((one) => one.surface),
    ["차", "bcd"],
  );
  assert.throws(() => search.checkFormat({ format: 1 }, 2), {
    message: "search index: format 1, expected 2",
  });
  search.checkFormat({ format: 2 }, 2);
});

test("what can be found is numbered through, each with its phrases", () => {
  assert.deepEqual(
    library.entries.map((entry) => [entry.kind, entry.page, entry.fragment, entry.title].join(" ")),
    [
      "5 0  Tea",
      "5 1  Brewing tea",
      "5 2  Cups",
      "5 3  Glossary",
      "5 4  Cups versus mugs",
      "0 1 water Water & <heat>",
      "0 1 steeping-time Steeping time",
      "2 2 handle How a cup is made",
      "0 1 fails When it fails",
      "3 4 cups-weight Cups and mugs: Weight",
      "3 4 cups-cost Cups and mugs: Price",
      "4 1 steeping-time steeping",
      "4 2  porcelain cup",
      "4 0 leaf tea leaf",
      "4 1  infuser basket",
      "4 1 fails KettleError: the kettle \u2026 has boiled dry",
      "4 1 fails PotCracked",
    ],
  );
  const of = (id) => library.entries[id].phrases.map((phrase) => library.phrases[phrase]);
  assert.deepEqual(
    [3, 4, 8, 11, 15].map((id) =>
      of(id).map(({ sort, text, native }) => `${sort} ${native} ${text}`),
    ),
    [
      ["title false Glossary", "name false all words", "name false dictionary"],
      [
        "title false Cups versus mugs",
        "name false porcelain and clay versus",
        "label false Cups and mugs clay porcelain",
      ],
      ["heading false When it fails"],
      [
        "name true steeping",
        "name true infusion",
        "misspelling false steaping",
        "name false 우리기",
        "name false 인퓨전",
        "question false ",
      ],
      [
        "message true KettleError: the kettle \u2026 has boiled dry",
        "message true boiled dry at 100 degrees",
        "message false 물 없음",
      ],
    ],
  );
  assert.deepEqual(
    library.messages.map((id) => library.phrases[id].entry),
    [15, 15, 16],
  );
  assert.deepEqual(
    [library.titleAt(1, "water"), library.titleAt(1, "nowhere")],
    ["Water & <heat>", undefined],
  );
  assert.deepEqual(
    library.pages.map((page) => page.entries),
    [2, 8, 3, 1, 3],
  );
  assert.deepEqual(
    of(4).map(({ compares }) => compares),
    [true, true, false],
  );
  made(
    (text) => library.isName(text),
    [
      ["Porcelain-Cup", true],
      ["물 없음", true],
      [`tea leaf${" ".repeat(160)}pot`, true],
      ["cup", false],
      ["", false],
    ],
  );
});

test("a Korean word weighs what concepts say, and the same with an ending", () => {
  const { parts } = conceptsIndex();
  const korean = new search.Library(
    conceptsIndex({ parts: { ...parts, titles: "찻잔의 무늬|찻잔으로 물 재기|무늬|무늬의 값" } }),
  );
  const weight = (from, surface) => {
    const { ids, terms, key } = from.vocabulary;
    return terms[ids.get(key(surface, true))].weight;
  };
  assert.equal(weight(korean, "찻잔"), weight(library, "찻잔"));
  assert.equal(weight(korean, "찻잔의"), weight(korean, "찻잔"));
  assert.equal(weight(korean, "무늬의"), weight(korean, "무늬"));
  assert.ok(weight(korean, "무늬") < weight(korean, "재기"));
});

test("the rarer a word, the more it weighs", () => {
  const weight = (surface) =>
    vocabulary.terms[vocabulary.ids.get(vocabulary.key(surface, false))].weight;
  assert.ok(weight("cup") < weight("tea") && weight("tea") < weight("oolong"));
  for (const phrase of library.phrases) {
    assert.ok(Math.abs(phrase.weights.reduce((a, b) => a + b) - phrase.total) < 1e-9, phrase.text);
  }
});

test("a word may mean what is the same, begins with it, holds it, sounds like it or was meant", () => {
  const { fits } = search.TUNING;
  const meant = (surface) =>
    Object.fromEntries(
      [...search.findMeanings(vocabulary, word(surface))]
        .map(([id, worth]) => [vocabulary.terms[id].surface, Number(worth.toFixed(4))])
        .sort(),
    );
  const part = (least, share) => least + (1 - least) * share;
  const rounded = (number) => Number(number.toFixed(4));
  made(
    meant,
    [
      ["steeping", { steeping: 1 }],
      ["steep", { steeping: 1 }],
      ["cup", { cups: 1 }],
      ["s", {}],
      [
        "st",
        Object.fromEntries(
          ["steaping", "steeping"].map((n) => [
            n,
            rounded(fits.prefix * part(fits.prefixBare, 2 / 5)),
          ]),
        ),
      ],
      ["우리기", { 우리기: 1 }],
      ["우리기에서", { 우리기: rounded(fits.stem - fits.laterStem) }],
      ["우리", { 우리기: rounded(fits.prefix * part(fits.prefixBare, 4 / 6)) }],
      ["ㅇㄹㄱ", { 우리기: fits.initials }],
      [
        "ㅇㄹ",
        { 우리기: rounded(fits.initials * (fits.initialsBare + fits.initialsShare * (2 / 3))) },
      ],
      ["ㅇ", {}],
      ["에이비씨", { abc: fits.spelled }],
      ["파슬린", { porcelain: fits.sound }],
      ["파슬린에서", { porcelain: rounded(fits.sound * fits.withoutEnding) }],
      ["주전자", { kettle: fits.alike, pot: fits.alike }],
      [
        "kettle",
        { kettle: 1, kettleswitch: rounded(fits.prefix * fits.prefixBeside), pot: fits.alike },
      ],
      ["porcelian", { porcelain: rounded(fits.typo * (1 - fits.typoCost / 9)) }],
      ["boild", { boiled: rounded(fits.typo * (1 - fits.typoCost / 6)) }],
      ["름망", { 거름망: rounded(fits.inside * part(fits.insideBare, 2 / 3)) }],
      [
        "름망을",
        { 거름망: rounded(fits.inside * part(fits.insideBare, 2 / 3) * fits.withoutEnding) },
      ],
      ["뜨겁게", {}],
    ].map(([given, value]) => [given, { ...value }]),
  );
  assert.ok(meant("xteeping").steeping < meant("stteping").steeping);
});

test("a word without spaces is taken apart where its pieces are known", () => {
  made(
    (text) => search.splitWord(vocabulary, word(text))?.map((piece) => piece.surface) ?? null,
    [
      ["teacup", ["tea", "cup"]],
      ["porcelaincupleaf", ["porcelaincup", "leaf"]],
      ["찻잔우리기", ["찻잔", "우리기"]],
      ["찻잔을우리기에서", ["찻잔을", "우리기에서"]],
      ["물우리기를", ["물", "우리기를"]],
      ["kettle", null],
      ["xxteaxxcup", null],
      ["찻잔차", null],
      ["찻잎", null],
      ["tea".repeat(14), null],
    ],
  );
});

test("what says nothing is known for that, with its endings", () => {
  made(
    (text) => vocabulary.isWeak(word(text)),
    [
      ["the", true],
      ["versus", true],
      ["비교", true],
      ["비교하나요", true],
      ["뭐", true],
      ["뭐가", true],
      ["에서는", true],
      ["tea", false],
      ["우리기", false],
      ["찻잔에서", false],
    ],
  );
  assert.equal(vocabulary.isWeak({ ...word("에서"), attached: true }), true);
  assert.equal(vocabulary.isWeak({ ...word("우리"), attached: true }), false);
  made(
    (text) => vocabulary.isEnding(text),
    [
      ["", true],
      ["에서는", true],
      ["는에서", true],
      ["찻", false],
    ],
  );
  made(
    (text) => vocabulary.compares(word(text)),
    [
      ["Versus", true],
      ["비교를", true],
      ["차이가", true],
      ["tea", false],
    ],
  );
});

test("a query is read", () => {
  const read = (text) => {
    const query = search.readQuery(library, text);
    const said = Object.entries(query)
      .filter(([, value]) => value === true)
      .map(([name]) => name);
    const shown = query.words.map((one, at) => (query.weak[at] ? `(${one.surface})` : one.surface));
    return [
      shown.join(" "),
      said.join(" "),
      Number(query.clear.toFixed(1)),
      query.units.map((unit) => unit.mask).join(" "),
    ];
  };
  made(read, [
    ["how is the tea", ["(how) (is) (the) tea", "sentence", 1, "1 2 4 8"]],
    ["우리기에서 뭐", ["우리기에서 (뭐)", "sentence", 1, "1 2"]],
    [
      "porcelain cup versus mug",
      ["porcelain cup (versus) mug", "sentence compares", 1, "1 2 4 8 3"],
    ],
    ["teaCup", ["tea Cup", "", 1, "1 2"]],
    ["boiled dry at 100 degrees", ["boiled dry at 100 degrees", "", 1, "1 2 4 8 16 3 6 12 24 31"]],
    ["zzz tea", ["zzz tea", "strange", 0.5, "1 2"]],
    ["the how", ["(the) (how)", "onlyWeak sentence", 0, "1 2"]],
    ["찻잔 zebra", ["찻잔 zebra", "strange foreign", 0.5, "1 2"]],
    ["찻잔 zz", ["찻잔 zz", "strange", 0.5, "1 2"]],
    ["찻잔 있나요", ["찻잔 있나요", "strange sentence", 0.7, "1 2"]],
    ["", ["", "onlyWeak", 0, ""]],
  ]);
  const { weights } = search.readQuery(library, "the x zzz 있나요 cup saucer");
  const { weak, latin, hangul, letter } = search.TUNING.weighs;
  assert.deepEqual(weights.slice(0, 4), [weak, letter * latin, latin, hangul]);
  assert.ok(weights[4] < weights[5]);
});

test("grades are raised, never lowered, and a copy leaves what it came from", () => {
  const grades = new search.Grades(3);
  grades.raise(7, 0b101, 0.5);
  grades.raise(7, 0b001, 0.25);
  const copy = grades.copy();
  copy.raise(7, 0b010, 0.75);
  copy.raise(8, 0b100, 1);
  assert.deepEqual(
    [[...grades.row(7)], [...grades.row(8)]],
    [
      [0.5, 0, 0.5],
      [0, 0, 0],
    ],
  );
  assert.deepEqual(
    [[...copy.row(7)], [...copy.row(8)]],
    [
      [0.5, 0.75, 0.5],
      [0, 0, 1],
    ],
  );
  assert.deepEqual([[...grades.rows.keys()], [...copy.rows.keys()]], [[7], [7, 8]]);
});

test("the page that teaches a concept comes first, by any of its names", () => {
  const first = (text) => {
    const { pages, exact } = search.rank(library, text);
    return `${pages.length ? library.pages[pages[0].page].location : ""}${exact ? " exact" : ""}`;
  };
  made(first, [
    ["steeping", "brewing.html exact"],
    ["우리기에서", "brewing.html"],
    ["인퓨전", "brewing.html exact"],
    ["ABC", "brewing.html exact"],
    ["china cup", "cups.html exact"],
    ["찻잔", "cups.html exact"],
    ["saucer", "cups.html"],
    ["minutes", "brewing.html"],
    ["all words", "words.html exact"],
    ["glaze", "cups.html"],
    ["leaf", "index.html"],
    ["담그", "brewing.html"],
    ["", ""],
    ["zzz", ""],
  ]);
});

test("a page that compares stands first where that is asked, and behind what teaches where not", () => {
  const [compared] = search.rank(library, "cups versus mugs").pages;
  assert.equal(library.pages[compared.page].location, "cups-compared.html");
  const concept = (text) => search.rank(library, text).pages.find(({ page }) => page === 4).concept;
  assert.equal(concept("porcelain"), 0);
  assert.ok(concept("porcelain versus") > 0);
  assert.ok(concept("porcelain and clay") > search.TUNING.speaks.title);
});

test("who types the whole name of a page gets it, though the name asks to compare", () => {
  const { pages } = conceptsIndex();
  const names = "\nclay versus\n\nall words|dictionary\nporcelain and clay versus";
  const choosing = new search.Library(conceptsIndex({ pages: { ...pages, names } }));
  const first = (text) => choosing.pages[search.rank(choosing, text).pages[0].page].location;
  assert.equal(first("clay versus"), "brewing.html");
  assert.equal(first("clay cup versus"), "cups-compared.html");
});

test("a name of a page that the query has in part speaks less than one of a concept", () => {
  const { pages, concepts } = conceptsIndex();
  const lines = concepts.names.en.split("\n");
  lines[3] = "zinc ladle";
  const both = new search.Library(
    conceptsIndex({
      pages: { ...pages, names: "\n\ntin ladle\nall words|dictionary\nporcelain and clay versus" },
      concepts: { ...concepts, names: { ...concepts.names, en: lines.join("\n") } },
    }),
  );
  const named = (text) => {
    const items = search.rank(both, text).pages.flatMap((page) => page.items);
    return items.filter(({ sort }) => sort === "name").map(({ name }) => name);
  };
  const [one, other] = named("ladle").sort((a, b) => a - b);
  assert.ok(Math.abs(one / other - search.TUNING.speaks.pageInPart) < 0.001, one + " of " + other);
  assert.ok(
    Math.max(...named("tin ladle")) === Math.max(...named("zinc ladle")),
    "whole, they are alike",
  );
});

test("a word in Hangul that stands in a text says less than one in Latin letters", () => {
  const korean = new search.Library(
    conceptsIndex({
      latin: listed([["glaze", [2]]]),
      hangul: listed([["유약", [1]]]),
    }),
  );
  const passage = (text) =>
    Math.max(...search.rank(korean, text).pages[0].items.map((one) => one.passage));
  const share = passage("유약") / passage("glaze");
  assert.ok(Math.abs(share - search.TUNING.share.hangul) < 0.001, String(share));
});

test("a word that a page has not is missing there, an empty one never", () => {
  const { pages } = search.rank(library, "the oolong zzz cup");
  const missing = Object.fromEntries(
    pages.map((page) => [
      library.pages[page.page].location,
      page.missing.map((one) => one.surface).join(" "),
    ]),
  );
  assert.deepEqual(missing, {
    "cups.html": "oolong zzz",
    "brewing.html": "zzz cup",
    "cups-compared.html": "oolong zzz",
  });
});

test("what shares a word with a query does not answer it", () => {
  made(
    (text) => search.isAnswered(search.rank(library, text)),
    [
      ["steeping", true],
      ["china cups", true],
      ["찻잔 좀", true],
      ["all words", true],
      ["cups versus mugs", true],
      ["how is tea", true],
      ["zzz", false],
      ["the how", false],
      ["찻잔 zebra", false],
      ["kettle boiled dry", false],
      ["zzz yyy tea", false],
      ["", false],
    ],
  );
});

test("how letters join tells words apart", () => {
  made(search.writing, [
    ["a", "spaced"],
    ["1", "spaced"],
    ["가", "hangul"],
    ["ㅋ", "hangul"],
    ["茶", ""],
    ["ท", ""],
    [undefined, ""],
    [" ", ""],
  ]);
  assert.equal(search.plainLetters("Caf\u00e9 \u00c0B茶"), "cafe ab茶");
});

test("what is written is found where all of it stands", () => {
  const found = (text) =>
    texts.find(text).map((page) => {
      const said = ["close", "strong", "named"].filter((name) => page[name]);
      return [page.page, page.places.map((place) => place.number).join(" "), said.join(" ")].join(
        ": ",
      );
    });
  made(found, [
    ["oolong", ["1: 3: close strong", "3: 5: close strong"]],
    ["steep", ["1: 3 2: close", "3: 5: close"]],
    ["eep", ["1: 3 2: close", "3: 5: close"]],
    ["ep", []],
    ["찻잔", ["2: 4: close strong"]],
    ["마신", ["2: 4: close"]],
    ["물은", ["0: 0: close strong"]],
    ["caf\u00e9", ["1: 3: close strong"]],
    ["cafe", ["1: 3: close strong"]],
    ["oolong tea", ["1: 3 1 2: "]],
    ["kettle_is_hot", ["1: 2: close strong named"]],
    ["tea:StartSteep", ["1: 2: close strong named"]],
    ["tea:Start", ["1: 2: close named"]],
    ["oolongs", ["1: 3: close", "3: 5: close"]],
    ["뜨겁다를", ["0: 0: close"]],
    ["the oolong", ["1: 3: close strong", "3: 5: close strong"]],
    ["(oolong)", ["1: 3: close strong", "3: 5: close strong"]],
    ["", []],
    [" & ", []],
    ["the", []],
    ["saucer degrees", []],
  ]);
  const scores = texts
    .find("steeping")
    .concat(texts.find("oolong"))
    .map(({ score }) => score);
  const { title, collected } = search.TUNING.written;
  assert.deepEqual(scores, [1 + title, 1, 1 - collected]);
  const [typed, turned] = ["porcelain cup", "cup porcelain"].map(
    (text) => texts.find(text)[0].score,
  );
  assert.ok(Math.abs(typed - turned - search.TUNING.written.asTyped) < 1e-9);
});

test("texts know their place", () => {
  const at = (text) => texts.plain.indexOf(text);
  assert.deepEqual(
    [0, at("leaves,"), at("glossary"), at("oolong steeps. a")].map((one) => texts.textAt(one)),
    [0, 1, 10, 11],
  );
  assert.deepEqual(
    [texts.plainText(0), texts.plainText(11)],
    ["tea", "oolong steeps. a porcelain cup."],
  );
  assert.deepEqual(texts.places[3], { page: 1, fragment: "steeping-time", title: "Steeping time" });
  assert.deepEqual(texts.places[5], { page: 3, fragment: "", title: "" });
  const shared = { ...textsIndex(), new: [2, 2, 2, 2, 2, 1], shared: "|||||1 8" };
  const read = new search.Texts(
    { ...shared, texts: shared.texts.split("\n").slice(0, 11).join("\n") },
    library,
  );
  assert.deepEqual([read.placesOf[1], read.placesOf[9], read.placesOf[10]], [[0, 5], [4, 5], [5]]);
});

test("marks stand on what was asked for, and nothing unsafe is drawn", () => {
  assert.equal(
    search.escapeHtml("<a b='c' d=\"&\">"),
    "&lt;a b=&#39;c&#39; d=&quot;&amp;&quot;&gt;",
  );
  assert.equal(search.fill("{a} {b}", { a: "1" }), "1 {b}");
  const marker = (query) => new search.Marker(library, search.rank(library, query).terms);
  assert.equal(
    marker("steep water").show("Steeping <b>, 물 steeped; a water-pot"),
    "<mark>Steeping</mark> &lt;b&gt;, 물 <mark>steeped</mark>; a <mark>water</mark>-pot",
  );
  assert.equal(marker("찻잔").show("찻잔에서 찻"), "<mark>찻잔에서</mark> 찻");
  assert.equal(marker("the cup").show("the cup"), "the <mark>cup</mark>");
  assert.equal(marker("zzz").show("zzz"), "zzz");
});

test("the rest of a word is suggested", () => {
  made(
    (text) => search.suggest(library, search.rank(library, text), text),
    [
      ["inf", ["infusion"]],
      ["por", ["porcelain"]],
      ["brew", ["brewing"]],
      ["china por", ["porcelain"]],
      ["a-por", ["porcelain"]],
      ["POR", ["PORcelain"]],
      ["infuser", []],
      ["x", []],
      ["p", []],
      ["zzz", []],
    ],
  );
});

test("where nothing is found the closest names are offered", () => {
  made(
    (text) => search.closestConcepts(library, text).map(({ title }) => title),
    [
      ["steping", ["steeping"]],
      ["porcelane", ["porcelain cup"]],
      ["우리", ["steeping"]],
      ["qq", []],
      ["", []],
    ],
  );
  const found = search
    .answer(library, null, "porcelane bowls of my aunt in the far north")
    .items.flat();
  assert.match(found[0].title, /^<span class="search-note">N/);
  assert.deepEqual([...search.pairsOf("a-b c")], ["ab", "bc"]);
});

test("a pasted message is known by its words in their order", () => {
  const [dry, cracked] = ["KettleError: the kettle \u2026 has boiled dry", "PotCracked"];
  made(
    (text) => search.failureIn(library, text)?.title ?? null,
    [
      ["KettleError: the kettle 7 has boiled dry", dry],
      ["x boiled dry at 100 degrees", dry],
      ["boiled dry at 99 degrees", null],
      ["a b c d e f g h PotCracked", cracked],
      ["potcracked", null],
      ["KettleError: kettle", null],
      [`KettleError the kettle ${"x ".repeat(40)}has boiled dry`, null],
      [`KettleError the kettle ${"x ".repeat(20)}has boiled dry`, dry],
      ["dry boiled has kettle the KettleError and so on", null],
      ["the kettle has boiled dry", null],
      ["", null],
    ],
  );
});

/** Groups as short lines: where each link leads, its title, its text, and the words to mark there. */
function shown(query, read = texts) {
  const { items, suggest } = search.answer(library, read, query);
  const groups = items.map((group, place) =>
    group.map(({ location, title, text, score, terms }) => {
      const head = 10 * (items.length - place);
      const drawn = score > head ? "first" : score < head ? "folded" : "open";
      const marks = Object.entries(terms)
        .map(([one, has]) => (has ? one : `-${one}`))
        .join(" ");
      return [location, title, text, drawn, marks].join(" | ");
    }),
  );
  return suggest ? [...groups, suggest.join()] : groups;
}

test("an answer is drawn by pages, the best part of each first", () => {
  made(shown, [
    [
      "steep",
      [
        [
          "brewing.html | Brewing tea |  | open | ",
          "brewing.html#steeping-time | <mark>steeping</mark> | Leaving leaves in hot water. | first | steeping",
          "brewing.html#steeping-time | <mark>Steeping</mark> time |  | folded | steeping",
          "brewing.html#water | Water &amp; &lt;heat&gt; | Allow tea:Start<mark>Steep</mark> at 95 degrees with KETTLE_IS_HOT. | open | steep",
        ],
        ["words.html | Glossary | Oolong <mark>steep</mark>s. A porcelain cup. | open | steep"],
        "steeping",
      ],
    ],
    [
      "infusion",
      [
        [
          "brewing.html | Brewing tea |  | open | ",
          "brewing.html#steeping-time | steeping (<mark>infusion</mark>) | Leaving leaves in hot water. | first | steeping",
        ],
        "",
      ],
    ],
    [
      "우리기에서",
      [
        [
          "brewing.html | Brewing tea |  | open | ",
          "brewing.html#steeping-time | <mark>steeping</mark> (<mark>우리기</mark>) | Leaving leaves in hot water. | first | steeping",
          "brewing.html#steeping-time | <mark>Steeping</mark> time |  | folded | steeping",
        ],
        "",
      ],
    ],
    [
      "dnflrl",
      [
        [
          "brewing.html | Brewing tea |  | open | ",
          "brewing.html#steeping-time | <mark>steeping</mark> (<mark>우리기</mark>) | Leaving leaves in hot water. | first | steeping",
        ],
        "",
      ],
    ],
    [
      "stteping",
      [
        [
          "brewing.html | Brewing tea |  | open | ",
          "brewing.html#steeping-time | <mark>steeping</mark> | Leaving leaves in hot water. | first | steeping",
          "brewing.html#steeping-time | <mark>Steeping</mark> time |  | folded | steeping",
        ],
        "",
      ],
    ],
    [
      "porcelain",
      [
        [
          "cups.html | Cups | A <mark>porcelain</mark> cup has a saucer. 찻잔에서 마신다. | open | porcelain",
          "cups.html | <mark>porcelain</mark> cup | A thin white cup. | first | porcelain cup",
        ],
        ["cups-compared.html | Cups versus mugs |  | open | "],
        ["words.html | Glossary | Oolong steeps. A <mark>porcelain</mark> cup. | open | porcelain"],
        "",
      ],
    ],
    [
      "china cups",
      [
        [
          "cups.html | <mark>Cups</mark> |  | open | cups",
          "cups.html | porcelain <mark>cup</mark> (<mark>china</mark> <mark>cup</mark>) | A thin white <mark>cup</mark>. | first | cups",
        ],
        "",
      ],
    ],
    [
      "cups versus mugs",
      [
        [
          "cups-compared.html | <mark>Cups</mark> versus <mark>mugs</mark> |  | open | cups mugs",
          "cups-compared.html#cups-weight | <mark>Cups</mark> and <mark>mugs</mark>: Weight |  | open | cups mugs",
          "cups-compared.html#cups-cost | <mark>Cups</mark> and <mark>mugs</mark>: Price |  | open | cups mugs",
        ],
        [
          "cups.html | <mark>Cups</mark> |  | open | cups",
          "cups.html | porcelain <mark>cup</mark> | A thin white <mark>cup</mark>. | first | cups -mugs",
          "cups.html#handle | How a <mark>cup</mark> is made |  | folded | cup",
        ],
        "",
      ],
    ],
    [
      "찻잔 좀",
      [
        [
          "cups.html | <mark>Cups</mark> | A porcelain cup has a saucer. <mark>찻잔</mark>에서 마신다. | open | cups 찻잔",
          "cups.html | <mark>porcelain</mark> <mark>cup</mark> (<mark>찻잔</mark>) | A thin white <mark>cup</mark>. | first | cups",
        ],
        "",
      ],
    ],
    [
      "how is tea",
      [
        [
          "index.html | <mark>Tea</mark> | <mark>Tea</mark> | open | tea",
          "index.html#leaf | <mark>tea</mark> leaf | What grows on a bush. | open | tea leaf",
        ],
        [
          "brewing.html | Brewing <mark>tea</mark> | Brewing <mark>tea</mark> | open | tea",
          "brewing.html#water | Water &amp; &lt;heat&gt; | Allow <mark>tea</mark>:StartSteep at 95 degrees with KETTLE_IS_HOT. | open | tea",
        ],
        "",
      ],
    ],
    [
      "oolong steeps",
      [
        [
          "brewing.html | Brewing tea |  | open | oolong",
          "brewing.html#steeping-time | <mark>steeping</mark> | Leaving leaves in hot water. | first | steeping oolong",
          "brewing.html#steeping-time | <mark>Steeping</mark> time |  | open | steeping oolong",
        ],
        [
          "words.html | Glossary | <mark>Oolong</mark> <mark>steeps</mark>. A porcelain cup. | open | oolong steeps",
        ],
        "",
      ],
    ],
    [
      "tea:StartSteep",
      [
        [
          "brewing.html | Brewing tea |  | open | ",
          "brewing.html#water | Water &amp; &lt;heat&gt; | Allow <mark>tea:StartSteep</mark> at 95 degrees with KETTLE_IS_HOT. | first | tea:startsteep",
        ],
        [
          "index.html | <mark>Tea</mark> |  | open | tea",
          "index.html#leaf | <mark>tea</mark> leaf | What grows on a bush. | open | tea leaf -start -steep",
        ],
        "",
      ],
    ],
    [
      "minutes",
      [
        [
          "brewing.html | Brewing tea |  | open | ",
          "brewing.html#steeping-time | steeping | Leaving leaves in hot water. | first | minutes",
          "brewing.html#steeping-time | Steeping time |  | open | minutes",
        ],
        "",
      ],
    ],
    [
      "에이비씨",
      [
        [
          "brewing.html | Brewing tea |  | open | ",
          "brewing.html | infuser basket (<mark>ABC</mark>) | A sieve for leaves. | first | infuser basket",
        ],
        "",
      ],
    ],
    [
      "KettleError: the kettle k-1 has boiled dry",
      [
        [
          "brewing.html | Brewing tea |  | open | kettleswitch",
          "brewing.html#fails | <mark>KettleError</mark>: the <mark>kettle</mark> … <mark>has</mark> <mark>boiled</mark> <mark>dry</mark> | No water was left. | first | kettleerror the kettle has boiled dry",
        ],
        "",
      ],
    ],
    [
      "weight price",
      [
        [
          "cups-compared.html | Cups versus mugs |  | open | ",
          "cups-compared.html#cups-weight | Cups and mugs: <mark>Weight</mark> |  | first | weight",
          "cups-compared.html#cups-cost | Cups and mugs: <mark>Price</mark> |  | open | price",
        ],
        "",
      ],
    ],
    [
      "caf",
      [
        [
          "brewing.html | Brewing tea |  | open | ",
          "brewing.html#steeping-time | Steeping time | Oolong steeps for three minutes; <mark>caf</mark>é oolong for two. | first | caf",
        ],
        "",
      ],
    ],
    [
      "뜨겁",
      [
        [
          "brewing.html | Brewing tea |  | open | ",
          "brewing.html#steeping-time | steeping | Leaving leaves in <mark>hot</mark> water. | first | steeping",
        ],
        ["index.html | Tea | Leaves, water and time. 물은 <mark>뜨겁</mark>다. | open | 뜨겁"],
        "",
      ],
    ],
    [
      "kettle boiled dry",
      [
        [
          'words.html | <span class="search-note">Not all of kettle boiled dry</span> | Try &lt;another&gt;. | folded | ',
        ],
        [
          "brewing.html | Brewing tea |  | open | kettleswitch",
          "brewing.html#fails | KettleError: the <mark>kettle</mark> … has <mark>boiled</mark> <mark>dry</mark> | No water was left. | first | kettleerror the kettle has -boiled -dry",
        ],
      ],
    ],
    [
      "zzz",
      [
        [
          'words.html | <span class="search-note">Nothing for zzz</span> | Try &lt;another&gt;. | folded | ',
        ],
      ],
    ],
    [
      "oolong zebra cup",
      [
        [
          'words.html | <span class="search-note">Not all of oolong zebra cup</span> | Try &lt;another&gt;. | folded | ',
        ],
        [
          "cups.html | <mark>Cups</mark> |  | open | cups",
          "cups.html | porcelain <mark>cup</mark> | A thin white <mark>cup</mark>. | first | cups -oolong -zebra",
          "cups.html#handle | How a <mark>cup</mark> is made |  | folded | cup",
        ],
        [
          "cups-compared.html | <mark>Cups</mark> versus mugs |  | open | cups",
          "cups-compared.html#cups-weight | <mark>Cups</mark> and mugs: Weight |  | open | cups -oolong -zebra",
          "cups-compared.html#cups-cost | <mark>Cups</mark> and mugs: Price |  | open | cups",
        ],
        [
          "brewing.html | Brewing tea |  | open | oolong",
          "brewing.html#steeping-time | Steeping time |  | first | oolong -zebra -cup",
        ],
      ],
    ],
  ]);
});

test("the second index only adds: without it an answer stands", () => {
  made(
    (query) => shown(query, null),
    [
      [
        "steep",
        [
          [
            "brewing.html | Brewing tea |  | open | ",
            "brewing.html#steeping-time | <mark>steeping</mark> | Leaving leaves in hot water. | first | steeping",
            "brewing.html#steeping-time | <mark>Steeping</mark> time |  | folded | steeping",
          ],
          "steeping",
        ],
      ],
    ],
  );
});

test("the engine loads both indexes, asks again once, and answers what was typed last", async () => {
  const run = async (load, messages) => {
    const said = [];
    const handle = search.engine(load, (message) => said.push(message));
    for (const message of messages) handle(message);
    for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
    return said.map(({ type, data }) => [type, data?.items.length]);
  };
  const indexes = { concepts: conceptsIndex(), texts: textsIndex() };
  const asked = [];
  const load = async (name, again) => {
    asked.push(`${name} ${again}`);
    if (!again && name === "concepts") throw new Error("gone");
    return indexes[name];
  };
  const [OPEN, QUERY] = [4, 2];
  assert.deepEqual(
    await run(load, [
      { type: QUERY, data: "ste\n" },
      { type: QUERY, data: "oolong" },
    ]),
    [
      [3, 1],
      [3, 2],
    ],
  );
  assert.deepEqual(asked, ["concepts false", "concepts true", "texts false"]);
  assert.deepEqual(await run(load, [{ type: OPEN }]), [[3, 0]]);
  const never = async () => {
    throw new Error("gone");
  };
  assert.deepEqual(await run(never, [{ type: OPEN }]), [[5, undefined]]);
});
