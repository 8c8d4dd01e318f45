// The form's helper, with stand-ins for the few parts of a browser that it uses.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

const watching = new Set();
const focused = [];

class Watcher {
  constructor(call) {
    this.call = call;
  }
  observe() {
    watching.add(this);
  }
  disconnect() {
    watching.delete(this);
  }
}

class Field {
  constructor(id) {
    this.id = id;
  }
  bottom = 200;
  focus() {
    focused.push(this.id);
  }
  getBoundingClientRect() {
    return { bottom: this.bottom };
  }
  scrollIntoView({ block }) {
    focused.push(`${this.id} at the ${block}`);
  }
}

const app = Object.assign(new Field("app"), { dataset: { testScriptState: "notRunning" } });
Object.assign(globalThis, {
  HTMLElement: Field,
  MutationObserver: Watcher,
  window: { innerHeight: 844 },
  requestAnimationFrame: () => {},
  HTMLTextAreaElement: class Tall extends Field {},
  KeyboardEvent: class Key extends Event {
    constructor(name, { key, ctrlKey }) {
      super(name);
      Object.assign(this, { key, ctrlKey });
    }
  },
  document: {
    body: {},
    addEventListener() {},
    removeEventListener() {},
    querySelector: (wanted) => (wanted.includes("stApp") ? app : null),
  },
});
mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
const { default: mount } = await import("../../src/rallymap/assets/page/form_access.js");

const heading = new Field("heading");
const root = Object.assign(new EventTarget(), {
  querySelector: (wanted) => (wanted === '[data-focus="step"][data-turn="1"]' ? heading : null),
});
const element = () => ({ isConnected: true, closest: () => root });
const fields = { target: "", turn: 0, days: [], calendar: "Calendar" };

beforeEach(() => {
  watching.clear();
  focused.length = 0;
});

test("a call that newer data overtook is cleaned up without the form's helper", () => {
  const parentElement = element();
  const cleanUp = mount({ data: fields, parentElement });
  mount({ data: { ...fields, target: "step", turn: 1 }, parentElement });
  cleanUp();
  mock.timers.tick(100);
  assert.equal(watching.size, 1);
  assert.deepEqual(focused, ["heading"]);
});

test("a form that is removed leaves nothing behind, although its clean-up runs first", () => {
  const parentElement = element();
  const cleanUp = mount({ data: { ...fields, target: "never drawn", turn: 1 }, parentElement });
  cleanUp();
  parentElement.isConnected = false;
  mock.timers.tick(100);
  assert.equal(watching.size, 0);
  assert.deepEqual(focused, []);
});

test("the focus stays in a field that somebody types in before the step is drawn", () => {
  app.dataset.testScriptState = "running";
  mount({ data: { ...fields, target: "step", turn: 1 }, parentElement: element() });
  mock.timers.tick(100);
  globalThis.document.activeElement = { matches: (wanted) => wanted.includes("input") };
  mock.timers.tick(100);
  app.dataset.testScriptState = "notRunning";
  mock.timers.tick(100);
  delete globalThis.document.activeElement;
  assert.deepEqual(focused, []);
});

test("the focus stays in a field that somebody types in before the script is loaded", () => {
  globalThis.document.activeElement = { matches: (wanted) => wanted.includes("input") };
  mount({ data: { ...fields, target: "step", turn: 1 }, parentElement: element() });
  mock.timers.tick(100);
  delete globalThis.document.activeElement;
  assert.deepEqual(focused, []);
});

test("the focus moves however long a busy server renders the page", () => {
  app.dataset.testScriptState = "running";
  mount({ data: { ...fields, target: "step", turn: 1 }, parentElement: element() });
  mock.timers.tick(60_000);
  app.dataset.testScriptState = "notRunning";
  mock.timers.tick(100);
  assert.deepEqual(focused, ["heading"]);
});

test("the heading of a step is in view in a low window, too", () => {
  const data = { ...fields, target: "step", turn: 1 };
  for (const [height, expected] of [
    [844, ["heading"]],
    [256, ["heading", "heading at the start"]],
  ]) {
    focused.length = 0;
    globalThis.window.innerHeight = height;
    mount({ data, parentElement: element() });
    mock.timers.tick(100);
    assert.deepEqual(focused, expected);
  }
});

test("the text of a field with several lines is saved in each pause of typing", () => {
  const pressed = [];
  const field = Object.assign(new globalThis.HTMLTextAreaElement("about"), {
    matches: () => true,
    dispatchEvent: ({ key, ctrlKey }) => pressed.push([key, ctrlKey]),
  });
  const own = Object.assign(new EventTarget(), { querySelector: () => null });
  const type = () => own.dispatchEvent(Object.defineProperty(new Event("input"), "target", { value: field }));
  mount({ data: fields, parentElement: { isConnected: true, closest: () => own } });
  for (let letter = 0; letter < 3; letter += 1) {
    type();
    mock.timers.tick(400);
  }
  assert.deepEqual(pressed, []);
  mock.timers.tick(400);
  assert.deepEqual(pressed, [["Enter", true]]);
});
