'use strict';

// The page is built once from the first look at the site; after that only what changed is touched, so that focus and typed PINs stay.

const $ = id => document.getElementById(id);
const parts = { doors: new Map(), readers: new Map(), lines: new Map() };
const people = new Map();
let hand = null;
let lastNews = 0;

function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === 'class') node.className = value;
    else if (name === 'on') node.addEventListener('click', value);
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

const en = text => el('span', { lang: 'en' }, text);
const both = (ja, english) => [ja + ' ', en(english)];
const button = (ja, english, on, className = '') => el('button', { type: 'button', class: className, on }, ...both(ja, english));

function svg(tag, props = {}, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function say(good, ja, english) {
  const box = $('outcome');
  box.className = 'outcome ' + (good ? 'good' : 'bad');
  box.replaceChildren((good ? '○ ' : '× ') + ja + ' ', en(english));
}

async function act(deed, values = {}) {
  try {
    const answer = await fetch('/api/do/' + deed, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(values) });
    const body = await answer.json();
    if (answer.ok) say(body.happened, body.ja, body.en);
    else say(false, body.problems.map(problem => problem.sentence).join(' '), '');
  } catch {
    say(false, '模擬機が応答しません。', 'The simulator does not answer.');
  }
}

// --- cards -------------------------------------------------------------------------------------------------------------------

function take(person) {
  hand = person;
  try { localStorage.setItem('hand', person.id); } catch { /* Private windows keep nothing; the first card is as good. */ }
  $('hand').replaceChildren(
    el('b', {}, person.name), ' ', el('span', { class: 'quiet num' }, person.id),
    el('span', { class: 'more' }, el('br'), el('span', { class: 'quiet' }, [person.section, person.card].filter(Boolean).join(' · '))),
    person.note ? el('span', {}, el('br'), '注: ' + person.note + ' ', en(person.noteEn ?? '')) : '',
    person.pin ? el('span', {}, el('br'), '暗証番号 ', en('PIN'), ' ', el('b', { class: 'num' }, person.pin)) : '');
}

function buildCards(list) {
  let wanted = null;
  try { wanted = localStorage.getItem('hand'); } catch { /* As above. */ }
  const box = $('cards');
  for (const person of list) {
    people.set(person.id, person);
    const radio = el('input', { type: 'radio', name: 'card', value: person.id });
    radio.addEventListener('change', () => take(person));
    const label = el('label', {}, radio, el('span', {}, person.name, el('span', { class: 'id num' }, person.id),
      person.note ? el('span', { class: 'note' }, person.note) : ''));
    label.dataset.words = [person.id, person.name, person.section, person.note, person.noteEn].filter(Boolean).join(' ').normalize('NFKC').toLowerCase();
    box.append(label);
    if (person.id === wanted || (!hand && person.id === 'S-0217')) { radio.checked = true; take(person); }
  }
  if (!hand && list.length) { box.querySelector('input').checked = true; take(list[0]); }
  $('find').addEventListener('input', event => {
    const words = event.target.value.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
    for (const label of box.querySelectorAll('label')) label.hidden = !words.every(word => label.dataset.words.includes(word));
  });
}

// --- doors -------------------------------------------------------------------------------------------------------------------

const colours = { off: ['消灯', 'off'], red: ['赤', 'red'], green: ['緑', 'green'], amber: ['橙', 'amber'], blue: ['青', 'blue'], magenta: ['紫', 'magenta'], cyan: ['水色', 'cyan'], white: ['白', 'white'] };

function drawReader(x, label) {
  const lamp = svg('circle', { class: 'lamp', cx: x + 14, cy: 76, r: 6 });
  const group = svg('g', { class: 'reader' },
    svg('rect', { class: 'case', x, y: 66, width: 28, height: 44, rx: 4 }), lamp,
    svg('path', { d: `M${x + 8} 94h12M${x + 8} 100h12`, stroke: '#888', 'stroke-width': 2 }),
    svg('path', { class: 'wave', d: `M${x + 4} 60q10 -8 20 0M${x - 1} 54q15 -12 30 0` }),
    svg('path', { class: 'slash', d: `M${x - 4} 114L${x + 32} 62` }));
  const text = svg('text', { x: x + 14, y: 124 });
  text.textContent = label;
  group.append(text);
  return { group, lamp };
}

function drawDoor(door) {
  const outer = drawReader(38, '外');
  const inner = door.exitReader ? drawReader(234, '内') : null;
  const picture = svg('svg', { class: 'picture', viewBox: '0 0 300 170', role: 'img', 'aria-hidden': 'true' },
    svg('rect', { class: 'frame', x: 96, y: 12, width: 108, height: 158 }),
    svg('rect', { class: 'room', x: 104, y: 20, width: 92, height: 150 }),
    svg('g', { class: 'shut-leaf' },
      svg('rect', { class: 'leaf', x: 104, y: 20, width: 92, height: 150 }),
      svg('rect', { class: 'handle', x: 176, y: 94, width: 12, height: 5, rx: 2 }),
      svg('rect', { class: 'bolt', x: 190, y: 92, width: 12, height: 9, rx: 1 })),
    svg('g', { class: 'open-leaf' },
      svg('path', { class: 'leaf', d: 'M104 20L138 30V168L104 170z' }),
      svg('rect', { class: 'handle', x: 128, y: 96, width: 8, height: 5, rx: 2 })),
    svg('path', { class: 'wedge', d: 'M134 170h26l-26 -12z' }),
    svg('path', { class: 'crack', d: 'M196 78l8 8-7 6 9 8-8 7', fill: 'none', stroke: '#ff3b30', 'stroke-width': 3 }),
    outer.group);
  if (inner) picture.append(inner.group);
  return { picture, outer, inner };
}

function buildReaderSide(reader, heading, headingEn) {
  const shows = el('span', { class: 'shows' });
  const side = el('div', { class: 'side' },
    el('div', { class: 'head' }, el('b', {}, ...both(heading, headingEn)), shows),
    el('div', { class: 'buttons' }, button('かざす', 'Present', () => hand && act('present', { person: hand.id, reader: reader.id }), 'main')));
  if (reader.keypad) {
    const pin = el('input', { class: 'pin num', inputmode: 'numeric', maxlength: 32, autocomplete: 'off', 'aria-label': '暗証番号 PIN' });
    const type = () => { if (pin.value) { act('type', { reader: reader.id, keys: pin.value.replace(/#?$/, '#') }); pin.value = ''; } };
    pin.addEventListener('keydown', event => { if (event.key === 'Enter') type(); });
    side.append(el('div', { class: 'keys' },
      el('label', {}, el('span', {}, ...both('キーパッド', 'Keypad')), pin),
      button('打って #', 'Type, then #', type),
      button('この人の暗証番号', 'This person’s PIN', () => hand?.pin
        ? act('type', { reader: reader.id, keys: hand.pin + '#' })
        : say(false, 'この人には暗証番号がありません。', 'This person has no PIN.'))));
  }
  if (reader.sensor) {
    side.append(el('div', { class: 'buttons' },
      button('この人の指を置く', 'This person’s finger', () => hand && act('touch', { person: hand.id, reader: reader.id })),
      button('濡れた指', 'Wet finger', () => hand && act('touch', { person: hand.id, reader: reader.id, wet: true })),
      button('指を登録', 'Enrol', () => hand && act('enrol', { person: hand.id, reader: reader.id })),
      button('指の登録を消す', 'Delete finger', () => hand && act('forget-finger', { person: hand.id, reader: reader.id }))));
  }
  return { side, shows };
}

function buildDoor(door, readers) {
  const drawing = drawDoor(door);
  const state = el('ul', { class: 'state', 'aria-label': '扉の状態 State' });
  const outer = buildReaderSide(readers.get(door.entryReader), '外側の読取装置', 'Reader outside');
  const inner = door.exitReader ? buildReaderSide(readers.get(door.exitReader), '内側の読取装置', 'Reader inside') : null;
  const inside = el('ul', { class: 'inside' });
  const box = el('article', { class: 'door' },
    el('h3', {}, door.label, el('small', { lang: 'en' }, `${door.labelEn} · ${door.id}`)),
    drawing.picture, state, outer.side);
  if (inner) box.append(inner.side);
  box.append(
    el('div', { class: 'side' },
      el('b', {}, ...both('扉', 'Leaf')),
      el('div', { class: 'buttons' },
        button('引く', 'Pull', () => act('open', { door: door.id })),
        button('中からレバー', 'Lever inside', () => act('open', { door: door.id, from: 'inside' })),
        door.hasButton ? button('退出ボタン', 'Exit button', () => act('push', { door: door.id })) : null,
        button('開けたまま', 'Hold open', () => act('hold', { door: door.id })),
        button('閉める', 'Close', () => act('close', { door: door.id })),
        button('こじ開ける', 'Force', () => act('force', { door: door.id }), 'harm'))),
    el('div', { class: 'side' },
      el('b', {}, ...both('人の一連の動作', 'The whole way')),
      el('div', { class: 'buttons' }, button('この人が入って30秒後に出る', 'Enter, leave after 30 s', () => hand && act('enter', { person: hand.id, door: door.id, stay: '00:00:30' }))),
      inside));
  $('doors').append(box);
  parts.doors.set(door.id, { box, state, inside, drawing, outer, inner });
}

function showReader(drawing, side, reader) {
  drawing.group.setAttribute('class', 'reader' + (reader.sounding ? ' sounding' : '') + (reader.plugged ? '' : ' dead'));
  drawing.lamp.setAttribute('class', 'lamp ' + reader.light);
  const [ja, english] = colours[reader.light] ?? [reader.light, reader.light];
  const link = !reader.plugged ? ['線が抜けている', 'unplugged'] : reader.secure ? ['暗号通信中', 'secure'] : reader.watched ? ['平文で通信中', 'in clear'] : ['通信なし', 'not polled'];
  side.shows.replaceChildren(`${ja}${reader.sounding ? '・鳴動' : ''}${reader.asksFinger ? '・指を待っている' : ''}・${link[0]} `, en(`${english}${reader.sounding ? ', sounding' : ''}${reader.asksFinger ? ', waits for a finger' : ''}, ${link[1]}`), reader.text ? ` 「${reader.text}」` : '');
}

function showDoor(door, readers) {
  const part = parts.doors.get(door.id);
  part.forced = door.leafOpen && (part.forced || forcedJustNow(door.id));
  part.box.className = 'door' + (door.leafOpen ? ' open' : '') + (door.held ? ' held' : '') + (door.strikeReleased ? ' free' : '') + (part.forced ? ' forced' : '');
  const items = [
    door.strikeReleased ? ['free', '解錠', 'released'] : ['', '施錠', 'locked'],
    door.leafOpen ? ['warn', '開', 'open'] : ['', '閉', 'shut'],
    door.held ? ['warn', '押さえられている', 'held'] : null,
    part.forced ? ['warn', 'こじ開け', 'forced'] : null,
    door.buttonDown ? ['free', '退出ボタン', 'button'] : null,
  ].filter(Boolean);
  const key = JSON.stringify(items);
  if (part.key !== key) {
    part.key = key;
    part.state.replaceChildren(...items.map(([kind, ja, english]) => el('li', { class: kind }, ...both(ja, english))));
  }
  showReader(part.drawing.outer, part.outer, readers.get(door.entryReader));
  if (part.inner) showReader(part.drawing.inner, part.inner, readers.get(door.exitReader));
  const who = door.inside.join();
  if (part.who !== who) {
    part.who = who;
    part.inside.replaceChildren(...door.inside.map(id => el('li', {}, button(`${people.get(id)?.name ?? id} 退室`, 'leaves', () => act('leave', { person: id })))));
  }
}

let latest = null;
const forcedJustNow = door => latest?.news.find(item => item.door === door && item.kind.startsWith('leaf-'))?.kind === 'leaf-forced';

// --- lines and faults --------------------------------------------------------------------------------------------------------

function toggle(ja, english, read, deed) {
  const node = button(ja, english, () => { const [name, values] = deed(node.getAttribute('aria-pressed') !== 'true'); act(name, values); });
  node.show = subject => node.setAttribute('aria-pressed', String(read(subject)));
  return node;
}

const habits = [['GarbageBefore', '返事の前にゴミ', 'Rubbish first'], ['SingleBytes', '1バイトずつ', 'Single bytes'], ['Twice', '返事が2回', 'Replies twice'], ['WrongCheck', 'CRC 誤り', 'Wrong CRC'],
  ['WrongSequence', '番号誤り', 'Wrong sequence'], ['WrongMac', 'MAC 誤り', 'Wrong MAC'], ['ClearText', '途中で平文', 'Clear text'], ['Nak', 'NAK のみ', 'Only NAK'], ['Silent', '無応答', 'Silent'], ['LosesReplies', '返事が消える', 'Replies lost']];

function buildReaderFaults(reader) {
  const id = reader.id;
  const toggles = [
    toggle('線を抜く', 'Unplug', r => !r.plugged, on => [on ? 'unplug' : 'plug-in', { reader: id }]),
    toggle('カバーを開ける', 'Cover open', r => r.coverOpen, on => ['cover', { reader: id, on }]),
    toggle('電源喪失', 'Power fails', r => r.powerFailed, on => ['power', { reader: id, on }]),
    toggle('BUSY', 'Busy', r => r.busy, on => ['busy', { reader: id, on }]),
    toggle('遅れ 1 秒', 'Late by 1 s', r => r.lateMs > 0, on => ['slow', { reader: id, late: on ? '00:00:01' : '00:00:00' }]),
    toggle('暗号通信なし', 'Clear text only', r => r.clearTextOnly, on => ['clear-text', { reader: id, on }]),
    toggle('鍵が違う', 'Wrong key', r => r.hasWrongKey, on => ['wrong-key', { reader: id, on }]),
    toggle('別の装置', 'Replaced', r => r.serial !== reader.firstSerial, on => ['replace', { reader: id, serial: on ? reader.firstSerial + 1000 : reader.firstSerial }]),
  ];
  if (reader.sensor) toggles.push(toggle('指センサー故障', 'Finger sensor broken', r => r.sensorBroken, on => ['break-sensor', { reader: id, on }]));
  const odd = habits.map(([habit, ja, english]) => toggle(ja, english, r => r.habits.includes(habit), on => ['habit', { reader: id, habit, on }]));
  const head = el('summary');
  const box = el('details', {}, head,
    el('div', { class: 'buttons' }, ...toggles, button('再起動', 'Reboot', () => act('reboot', { reader: id })),
      button('工場出荷時に戻す', 'Factory reset', () => act('reset', { reader: id }), 'harm')),
    el('p', { class: 'quiet' }, ...both('通信の癖', 'Habits on the wire')),
    el('div', { class: 'buttons' }, ...odd));
  parts.readers.set(id, { head, toggles: [...toggles, ...odd] });
  return box;
}

function buildLine(line, readers) {
  const id = line.id;
  const toggles = [
    toggle('回線を切断', 'Cut', l => l.cut, on => [on ? 'cut' : 'join', { line: id }]),
    toggle('変換器を抜く', 'Pull adapter', l => l.adapterPulled, on => [on ? 'pull-adapter' : 'put-adapter', { line: id }]),
    toggle('別の制御装置', 'Second controller', l => l.secondController, on => ['second-controller', { line: id, on }]),
  ];
  const noise = el('select', { 'aria-label': `${id} 雑音 Noise` }, ...[0, 1, 5, 20, 50].map(percent => el('option', { value: percent }, `${percent} %`)));
  noise.addEventListener('change', () => act('noise', { line: id, percent: Number(noise.value) }));
  const state = el('span', { class: 'shows' });
  $('lines').append(el('article', { class: 'line' },
    el('div', { class: 'head' }, el('h3', {}, `${id} `, en(`${line.kind} · ${line.baudRate} bit/s`)), state),
    el('div', { class: 'buttons' }, ...toggles, el('label', {}, '雑音 ', en('Noise'), ' ', noise)),
    ...[...readers.values()].filter(reader => reader.line === id).map(buildReaderFaults)));
  parts.lines.set(id, { state, toggles, noise });
}

function showLine(line) {
  const part = parts.lines.get(line.id);
  part.toggles.forEach(item => item.show(line));
  if (document.activeElement !== part.noise) {
    if (![...part.noise.options].some(option => Number(option.value) === line.noisePercent)) part.noise.append(el('option', { value: line.noisePercent }, `${line.noisePercent} %`));
    part.noise.value = String(line.noisePercent);
  }
  const [ja, english] = line.trouble ? [line.trouble, ''] : line.adapterPulled ? ['端末なし', 'no terminal'] : line.busy ? ['制御装置と通信中', 'a controller is talking'] : ['誰も話していない', 'nobody talks'];
  part.state.replaceChildren(`${ja} `, en(english), ` ${line.where ?? ''}`);
}

function showReaderFaults(reader) {
  const part = parts.readers.get(reader.id);
  part.toggles.forEach(item => item.show(reader));
  const odd = part.toggles.filter(item => item.getAttribute('aria-pressed') === 'true').length;
  const key = `${odd}${reader.hasOwnKey}`;
  if (part.key !== key) {
    part.key = key;
    part.head.replaceChildren(el('b', {}, reader.label), ' ', en(`${reader.labelEn} · ${reader.id}`),
      odd ? el('span', { class: 'warn' }, ` ! ${odd} 件の異常`) : '', reader.hasOwnKey ? '' : el('span', { class: 'quiet' }, ' 鍵の登録待ち'));
  }
}

// --- air and sensors ---------------------------------------------------------------------------------------------------------

const sensorHabits = [['Silent', '黙る(電池切れ)', 'Silent'], ['Stuck', '値が動かない', 'Stuck'], ['Drift', 'ずれていく', 'Drift'], ['Spike', '飛び値', 'Spikes'], ['NoNumber', '数でない値', 'No number'], ['Fahrenheit', '華氏で送る', 'Fahrenheit'],
  ['SillyValues', 'ありえない値', 'Silly values'], ['WrongClock', '時計が1年先', 'Clock ahead'], ['Duplicate', '二重に送る', 'Twice'], ['DropsOut', '半分届かない', 'Drops out'], ['BrokenMessage', '途中で切れる', 'Cut short'],
  ['TooLong', '長すぎる', 'Too long'], ['Flood', '送りすぎる', 'Flood'], ['Flaps', 'ばたつく', 'Flaps']];
const airParts = { deeds: [], gateways: new Map(), sensors: new Map() };

function buildAir(air) {
  $('air').hidden = false;
  airParts.deeds = [
    toggle('空調を止める', 'Cooling fails', a => a.coolingFails, on => ['cooling-fail', { on }]),
    toggle('扉を開けておく', 'Door open', a => a.doorOpen, on => ['room-open', { on }]),
    toggle('床に水', 'Water', a => a.wet, on => ['water', { on }]),
    toggle('煙', 'Smoke', a => a.smoke, on => ['smoke', { on }]),
    toggle('火災信号', 'Fire signal', a => a.fire, on => ['fire-signal', { on }]),
  ];
  $('air-deeds').append(...airParts.deeds,
    button('地震 120 gal', 'Quake', () => act('quake')), button('埃', 'Dust', () => act('dust')),
    button('全親機を再起動', 'Restart every gateway', () => act('gateway-restart')));
  const own = air.sensors.some(item => item.gateway === null) ? [{ id: null, label: '信号線のセンサー', kind: 'Modbus' }] : [];
  for (const gateway of [...air.gateways, ...own]) {
    const id = gateway.id;
    const state = el('span', { class: 'shows' });
    const dies = toggle('黙って消える', 'Dies', g => !g.plugged, on => [on ? 'gateway-die' : 'gateway-return', { gateway: id }]);
    const box = el('article', { class: 'line' },
      el('div', { class: 'head' }, el('h3', {}, gateway.label, ' ', en(id === null ? gateway.kind : `${gateway.kind} · ${id}`)), state),
      id === null ? '' : el('div', { class: 'buttons' }, dies, button('再起動', 'Restart', () => act('gateway-restart', { gateway: id }))));
    for (const sensor of air.sensors.filter(item => item.gateway === id)) {
      const toggles = sensorHabits.map(([habit, ja, english]) => toggle(ja, english, s => s.habits.includes(habit), on => ['sensor-habit', { sensor: sensor.id, habit, on }]));
      const head = el('summary');
      box.append(el('details', {}, head, el('div', { class: 'buttons' }, ...toggles,
        button('いま報告', 'Report now', () => act('sensor-report', { sensor: sensor.id })),
        sensor.batteryPercent === null ? null : button('電池 5 %', 'Battery 5 %', () => act('sensor-battery', { sensor: sensor.id, percent: 5 })))));
      airParts.sensors.set(sensor.id, { head, toggles });
    }
    $('gateways').append(box);
    airParts.gateways.set(id, { state, dies });
  }
}

function showAir(air) {
  if (!airParts.gateways.size) buildAir(air);
  $('air-now').textContent = `前面 ${air.inlet} °C · 背面 ${air.outlet} °C · 湿度 ${air.humidity} % · 外 ${air.outside} °C · 埃 ${air.dust} µg/m³ · 発熱 ${Math.round(air.loadWatts)} W` + (air.acceleration ? ` · 揺れ ${air.acceleration} gal` : '');
  airParts.deeds.forEach(item => item.show(air));
  for (const gateway of air.gateways) {
    const part = airParts.gateways.get(gateway.id);
    part.dies.show(gateway);
    const [ja, english] = !gateway.plugged ? ['消えている', 'gone'] : gateway.connected ? ['ブローカーに接続中', 'connected'] : ['ブローカーを待っている', 'waiting for the broker'];
    part.state.replaceChildren(`${ja} `, en(english), ` ${gateway.sent}`);
  }
  for (const sensor of air.sensors) {
    const part = airParts.sensors.get(sensor.id);
    part.toggles.forEach(item => item.show(sensor));
    const key = `${sensor.told}${sensor.batteryPercent}${sensor.habits}`;
    if (part.key !== key) {
      part.key = key;
      part.head.replaceChildren(el('b', {}, sensor.label), ' ', en(`${sensor.labelEn} · ${sensor.id}`), ` ${sensor.told}`, sensor.batteryPercent === null ? '' : ` · 電池 ${sensor.batteryPercent} %`,
        sensor.habits.length ? el('span', { class: 'warn' }, ` ! ${sensor.habits.length} 件の異常`) : '');
    }
  }
}

// --- story, log, stream ------------------------------------------------------------------------------------------------------

const clock = span => { const [days, rest] = span.includes('.') && span.indexOf('.') < span.indexOf(':') ? span.split(/\.(.*)/) : ['0', span]; const [h, m, s] = rest.split(':'); return `${Number(days) * 24 + Number(h)}:${m}:${s.slice(0, 2)}`.replace(/^0:/, ''); };

function showStory(story) {
  $('story').hidden = !story;
  if (!story) return;
  $('story-title').textContent = `筋書き: ${story.title}`;
  $('story-where').textContent = story.waiting ? '' : `${clock(story.position)} / ${clock(story.length)}${story.lap ? `(${story.lap + 1}周目)` : ''}`;
  $('story-next').textContent = story.waiting ? '読取装置がつながるのを待っています Waiting for the readers' : story.next ? `次 ${clock(story.nextAt)} ${story.next}` : '';
  const play = $('story-play');
  const key = String(story.playing);
  if (play.dataset.key !== key) {
    play.dataset.key = key;
    play.replaceChildren(...(story.playing ? both('止める', 'Pause') : both('進める', 'Play')));
    play.onclick = () => act('story-play', { on: !story.playing });
  }
  const speed = $('story-speed');
  if (document.activeElement !== speed) {
    if (![...speed.options].some(option => Number(option.value) === story.speed)) speed.append(el('option', { value: story.speed }, `${story.speed}×`));
    speed.value = String(story.speed);
  }
}

function showLog(news) {
  const fresh = news.filter(item => item.number > lastNews);
  if (!fresh.length) return;
  lastNews = Math.max(...fresh.map(item => item.number));
  $('log').prepend(...fresh.map(item => el('li', { class: item.kind }, el('time', {}, clock(item.at)), el('span', {}, item.ja + ' ', en(item.en)))));
  while ($('log').children.length > 120) $('log').lastChild.remove();
}

function show(site) {
  latest = site;
  const readers = new Map(site.readers.map(reader => [reader.id, reader]));
  if (!parts.doors.size) {
    for (const reader of readers.values()) reader.firstSerial = reader.serial;
    site.doors.forEach(door => buildDoor(door, readers));
    site.lines.forEach(line => buildLine(line, readers));
  }
  site.doors.forEach(door => showDoor(door, readers));
  site.lines.forEach(showLine);
  site.readers.forEach(showReaderFaults);
  if (site.air) showAir(site.air);
  showStory(site.story);
  showLog(site.news);
}

function link(on) {
  $('link').className = 'link ' + (on ? 'on' : 'off');
  $('link').querySelector('.text').textContent = on ? '模擬機に接続中 Connected' : '模擬機が応答しません Not answering';
}

async function begin() {
  document.querySelector('[data-do=story-restart]').addEventListener('click', () => act('story-restart'));
  $('story-speed').addEventListener('change', event => act('story-speed', { speed: Number(event.target.value) }));
  buildCards(await (await fetch('/api/people')).json());
  const live = new EventSource('/api/live');
  let up = 0;
  live.addEventListener('site', event => {
    const site = JSON.parse(event.data);
    // A restarted simulator counts from the beginning again.
    if (site.version < up) { lastNews = 0; $('log').replaceChildren(); }
    up = site.version;
    link(true);
    show(site);
  });
  live.addEventListener('error', () => link(false));
}

begin().catch(() => link(false));
