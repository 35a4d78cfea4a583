/** Remembers what a pure function gives for up to `most` numbers; then it forgets all and begins again. */
export function remember<Value>(read: (key: number) => Value, most: number): (key: number) => Value {
  const known = new Map<number, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = read(key);
    if (known.size >= most) known.clear();
    known.set(key, value);
    return value;
  };
}
