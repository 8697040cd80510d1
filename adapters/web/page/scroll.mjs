const NEAR_END_PIXELS = 120;

/**
 * Keeps whoever reads the end of a list at its end, and whoever reads further up where they are.
 * @param {HTMLElement} scroller
 * @param {HTMLElement} list
 */
export function createScroll(scroller, list) {
  let follows = true;
  const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END_PIXELS;
  const toEnd = () => {
    follows = true;
    scroller.scrollTo({ top: scroller.scrollHeight });
  };
  // A picture that arrives late makes the list longer.
  new ResizeObserver(() => follows && toEnd()).observe(list);
  scroller.addEventListener('scroll', () => {
    follows = isAtEnd();
  });
  return {
    toEnd,
    /** Whatever the work adds before what is read now, that stays where it is. */
    keepingPlace: (work) => {
      const [wasAtEnd, below] = [isAtEnd(), scroller.scrollHeight - scroller.scrollTop];
      work();
      if (wasAtEnd) toEnd();
      return { fromBelow: () => scroller.scrollTo({ top: scroller.scrollHeight - below }) };
    },
  };
}
