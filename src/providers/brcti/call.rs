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
    pub fn path(self) -> &'static str {
        match self {
            Call::Geo => "kp/queryIOCGeoDistribution",
            Call::Types => "kp/queryIOCTypeDistribution",
            Call::Attacks => "kp/queryAttackTypeStatistics",
            Call::AttackIocs => "kp/queryAttackIOCInfo",
            Call::Traffic => "kp/queryTrafficTypeRatio",
            Call::TrafficSeries => "kp/queryTrafficTimeSeries",
        }
    }

    pub fn title(self) -> Phrase {
        match self {
            Call::Geo => Phrase::new("Indicators by country", "情报指标的地理分布"),
            Call::Types => Phrase::new("Records by type of indicator", "按指标类型统计的情报记录"),
            Call::Attacks => Phrase::new("Attack records over time", "攻击情报记录时序"),
            Call::AttackIocs => Phrase::new("Indicators of attacks", "攻击情报指标"),
            Call::Traffic => Phrase::new("Traffic by type", "流量类型比例"),
            Call::TrafficSeries => Phrase::new("Traffic over time", "流量类型时序"),
        }
    }

    /// What its numbers count.
    pub fn unit(self) -> Phrase {
        match self {
            Call::Geo | Call::AttackIocs => Phrase::new("indicators", "情报指标数"),
            // A record declares several types, or none: the sum is of no records.
            Call::Types => Phrase::new("declarations", "声明次数"),
            Call::Attacks | Call::Traffic | Call::TrafficSeries => Phrase::new("records", "记录数"),
        }
    }

    /// What somebody who sees the numbers alone would take them for, and they are not.
    pub fn footnote(self) -> Phrase {
        match self {
            Call::Geo | Call::AttackIocs => Phrase::new(
                "Places are no evidence unless the deployment fills them otherwise: the public client draws them at random.",
                "地理位置不可作为证据（除非部署方另行填写）：公开客户端随机选取地点。",
            ),
            Call::Types => Phrase::new(
                "Counted are records that declare a type of indicator, once for each type; not indicators.",
                "统计的是声明该类指标的情报记录（每种类型各计一次），不是指标数量。",
            ),
            Call::Attacks | Call::TrafficSeries => Phrase::new(
                "A time is the hour at which a record was registered, by the server's local clock; an hour without an entry is a gap.",
                "时间为情报记录的登记时间（服务器本地时间，按小时），并非攻击发生时间；无记录的时段留空。",
            ),
            Call::Traffic => Phrase::new(
                "Counted are registered records by the type of traffic that they declare; not volumes of traffic.",
                "统计的是声明该流量类型的情报记录数，不是流量大小。",
            ),
        }
    }
}
