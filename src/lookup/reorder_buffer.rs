//! Inputs on their way: they come out in the order in which they came in, or as they settle.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::held::Held;
use super::{Changed, Settled};
use crate::indicator::Indicator;
use crate::input::Input;

/// Inputs that are under way at most: answers that wait for an earlier one are held.
const ROOM: usize = 2048;

/// An input and what each source says of it.
pub struct Slot {
    pub input: Input,
    /// `None` if the input is none.
    pub indicator: Option<Indicator>,
    /// In the order of the sources.
    pub answers: Vec<Arc<Settled>>,
    /// What is different from an earlier answer, where one is compared with.
    pub changed: Option<Changed>,
}

/// A slot that waits for some of its answers.
struct Place {
    input: Input,
    indicator: Option<Indicator>,
    answers: Vec<Option<Arc<Settled>>>,
    /// Bytes that it holds.
    size: usize,
}

impl Place {
    fn is_settled(&self) -> bool {
        self.answers.iter().all(Option::is_some)
    }
}

pub struct ReorderBuffer {
    places: BTreeMap<u64, Place>,
    next: u64,
    /// Out of order, those that are settled.
    ready: VecDeque<u64>,
    unordered: bool,
    sources: usize,
    held: Arc<Held>,
}

impl ReorderBuffer {
    /// For so many answers an input; `held` knows of the inputs already.
    pub fn new(unordered: bool, sources: usize, held: Arc<Held>) -> Self {
        ReorderBuffer {
            places: BTreeMap::new(),
            next: 0,
            ready: VecDeque::new(),
            unordered,
            sources,
            held,
        }
    }

    pub fn has_room(&self) -> bool {
        self.places.len() < ROOM
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Takes an input in; `size` is what is held for it.
    pub fn push(&mut self, input: Input, indicator: Option<Indicator>, size: usize) -> u64 {
        let number = self.next;
        self.next += 1;
        let place = Place {
            input,
            indicator,
            answers: vec![None; self.sources],
            size,
        };
        self.places.insert(number, place);
        number
    }

    /// What the source with this number says.
    pub fn settle(&mut self, number: u64, source: usize, settled: Arc<Settled>) {
        let Some(place) = self.places.get_mut(&number) else {
            return;
        };
        self.held.add(settled.size);
        place.size += settled.size;
        place.answers[source] = Some(settled);
        if self.unordered && place.is_settled() {
            self.ready.push_back(number);
        }
    }

    /// What is to be said of it whatever the source.
    pub fn settle_all(&mut self, number: u64, settled: &Arc<Settled>) {
        for source in 0..self.sources {
            self.settle(number, source, settled.clone());
        }
    }

    /// The next one to come out, if it is settled.
    pub fn pop(&mut self) -> Option<Slot> {
        let number = match self.unordered {
            true => self.ready.pop_front()?,
            false => {
                let (number, first) = self.places.first_key_value()?;
                first.is_settled().then_some(*number)?
            }
        };
        let place = self.places.remove(&number)?;
        self.held.free(place.size);
        Some(Slot {
            input: place.input,
            indicator: place.indicator,
            answers: place.answers.into_iter().flatten().collect(),
            changed: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::LookupResult;

    fn out(unordered: bool) -> Vec<String> {
        let mut buffer = ReorderBuffer::new(unordered, 2, Arc::default());
        let places = ["a", "b", "c"].map(|text| buffer.push(Input::alone(text), None, 1));
        let mut out = Vec::new();
        for place in [places[2], places[0], places[1]] {
            let settled = Arc::new(Settled::of(LookupResult::Skipped));
            buffer.settle(place, 1, settled.clone());
            assert!(buffer.pop().is_none());
            buffer.settle(place, 0, settled);
            let ready = std::iter::from_fn(|| buffer.pop());
            out.push(ready.map(|slot| slot.input.text.unwrap()).collect());
        }
        out
    }

    #[test]
    fn in_order_or_as_they_settle() {
        assert_eq!(out(false), ["", "a", "bc"]);
        assert_eq!(out(true), ["c", "a", "b"]);
    }
}
