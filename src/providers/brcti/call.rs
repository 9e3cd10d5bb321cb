//! The six calls of the service, all GET and without parameters (contract: brcti.md).

use crate::document::Phrase;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    Geo,
    Types,
    Attacks,
    AttackIocs,
    Traffic,
    TrafficSeries,
}

impl Call {
    pub const ALL: [Call; 6] = [
        Call::Geo,
        Call::Types,
        Call::Attacks,
        Call::Traffic,
        Call::TrafficSeries,
        Call::AttackIocs,
    ];

    /// The path beneath the endpoint.
    pub fn path(self) -> [&'static str; 2] {
        let name = match self {
            Call::Geo => "queryIOCGeoDistribution",
            Call::Types => "queryIOCTypeDistribution",
            Call::Attacks => "queryAttackTypeStatistics",
            Call::AttackIocs => "queryAttackIOCInfo",
            Call::Traffic => "queryTrafficTypeRatio",
            Call::TrafficSeries => "queryTrafficTimeSeries",
        };
        ["kp", name]
    }

    pub fn title(self) -> Phrase {
        match self {
            Call::Geo => Phrase::new("Indicators by country", "情报指标的地理分布"),
            Call::Types => Phrase::new("Indicators by type", "情报指标的类型分布"),
            Call::Attacks => Phrase::new("Attacks over time", "攻击类型统计"),
            Call::AttackIocs => Phrase::new("Indicators of attacks", "攻击情报指标"),
            Call::Traffic => Phrase::new("Traffic by type", "流量类型比例"),
            Call::TrafficSeries => Phrase::new("Traffic over time", "流量类型时序"),
        }
    }

    /// What its numbers count.
    pub fn unit(self) -> Phrase {
        match self {
            Call::Geo | Call::Types | Call::AttackIocs => Phrase::new("indicators", "情报指标数"),
            Call::Attacks => Phrase::new("attacks", "攻击次数"),
            Call::Traffic | Call::TrafficSeries => Phrase::new("records", "记录数"),
        }
    }
}
