//! Inputs on their way: they come out in the order in which they came in, or as they settle.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::{Order, Settled};
use crate::indicator::Indicator;
use crate::input::Input;

/// Inputs that are under way at most: answers that wait for an earlier one are held.
const ROOM: usize = 2048;

pub struct Slot {
    pub input: Input,
    /// None where the input is none.
    pub indicator: Option<Indicator>,
    settled: Option<Arc<Settled>>,
}

#[derive(Default)]
pub struct ReorderBuffer {
    slots: BTreeMap<u64, Slot>,
    next: u64,
    /// Out of order, those that are settled.
    ready: VecDeque<u64>,
    order: Order,
}

impl ReorderBuffer {
    pub fn new(order: Order) -> Self {
        ReorderBuffer {
            order,
            ..ReorderBuffer::default()
        }
    }

    pub fn has_room(&self) -> bool {
        self.slots.len() < ROOM
    }

    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    pub fn push(&mut self, input: Input, indicator: Option<Indicator>) -> u64 {
        let place = self.next;
        self.next += 1;
        let slot = Slot {
            input,
            indicator,
            settled: None,
        };
        self.slots.insert(place, slot);
        place
    }

    pub fn settle(&mut self, place: u64, settled: Arc<Settled>) {
        if let Some(slot) = self.slots.get_mut(&place) {
            slot.settled = Some(settled);
            if self.order.as_they_come {
                self.ready.push_back(place);
            }
        }
    }

    /// The next one to come out, if it is settled.
    pub fn pop(&mut self) -> Option<(Slot, Arc<Settled>)> {
        let place = match self.order.as_they_come {
            true => self.ready.pop_front()?,
            false => {
                let (place, first) = self.slots.first_key_value()?;
                first.settled.as_ref()?;
                *place
            }
        };
        let mut slot = self.slots.remove(&place)?;
        let settled = slot.settled.take()?;
        Some((slot, settled))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers::kti::element::LookupResult;

    fn out(as_they_come: bool) -> Vec<String> {
        let mut window = ReorderBuffer::new(Order { as_they_come });
        let input = |text: &str| Input {
            text: Ok(text.to_string()),
            place: None,
            row: None,
        };
        let places = ["a", "b", "c"].map(|text| window.push(input(text), None));
        let mut out = Vec::new();
        for place in [places[2], places[0], places[1]] {
            let settled = Settled {
                fate: LookupResult::Skipped,
                body: None,
            };
            window.settle(place, Arc::new(settled));
            let ready = std::iter::from_fn(|| window.pop());
            out.push(ready.map(|(slot, _)| slot.input.text.unwrap()).collect());
        }
        out
    }

    #[test]
    fn in_order_or_as_they_settle() {
        assert_eq!(out(false), ["", "a", "bc"]);
        assert_eq!(out(true), ["c", "a", "b"]);
    }
}
