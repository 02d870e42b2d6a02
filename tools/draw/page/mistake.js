/** Something the author can mend; `line` counts from the fence's first line of source. */
export class Mistake extends Error {
  /**
   * @param {string} message
   * @param {number} line
   */
  constructor(message, line = 0) {
    super(message);
    this.line = line;
  }
}
