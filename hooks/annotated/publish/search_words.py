"""What the search engine knows of the languages: endings, empty words, words that mean the same.

General language and general computing words only, nothing of the site's subject: that stands
in the glossary. To teach the search a new word, add it there first; add it here if readers of
any technical site would use it.
"""

from __future__ import annotations

from typing import Any

import stopwordsiso


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(text.split()))


# Particles and endings that may follow a Korean word. The engine tries a word with and without.
ENDINGS = _words(
    """
    은 는 이 가 을 를 의 에 와 과 로 도 만 란 랑 야 들 나 요 인 한 할 해 된 될 돼 다 까 어 아 당 별
    던 고 면 기 으로 에서 에게 한테 까지 부터 보다 처럼 마다 밖에 이란 라는 이라 이나 이랑 하고
    에는 에도 에만 로는 에서는 에서도 으로는 으로도 에서의 로의 으로의 과의 와의 하는 하기 하면
    하지 하나 하려 하다 하게 하며 했 해서 해야 해요 하려면 하나요 하려고 합니다 되는 되기 되면 되나
    되다 되지 되어 됐 됩니다 되나요 시키는 시키기 시켜 시킬 인가 인가요 인지 이야 이에요 에요 예요
    입니다 이다 뭔가요 려면 면서 으면 는지 는데 은데 나요 어요 아요 을까 을지 습니다 들은 들이 들을
    들의 별로 적인 적으로 더니 자마자 거나 는다 네요 든지 라서 니까 다가 도록 더라 지만 길래 끼리
    씩 면서도 어도 아도 어서 아서 어야 아야 었 았 임 음 함 됨 죠 인데 인데요 이라고 라고
    다고 하다고 된다고 다면 려는데 려니까 려고 으려면 으려고 었어요 았어요 했어요 었는데 았는데
    했는데 었음 았음 했음 잖아요 이라면
    만큼 만큼만 엔 에선 에겐 짜리 째 쯤 조차 마저 이라도 라도 이든 든 느라 하느라 었던 았던 했던
    던데 려다 려다가 으려다 으려다가 면은 한테서 에게서 로서 로써 으로서 으로써 까지만 까지는 부터는
    """
)

# Words that say nothing about what is asked for.
WEAK = _words(
    """
    a an the of to in on at by for from with as is are was be been it its this that these those
    and or do does did how what why who whom which when where can could should would will i me my
    we our you your they their there s t one ones some any much many more most very just into
    about than then so if not get got let need want use using please tell explain mean means
    meaning definition work works working thing things way ways
    무엇 뭐 뭔 뭘 뭔지 왜 언제 어디 누구 누가 어떤 어떻게 무슨 얼마나 어느 어떨 그 이 저 것 거 건
    게 걸 수 때 좀 더 및 또는 그리고 방법 법 알려줘 설명 뜻 의미 이해 경우 위해 위한 대해 대한
    통해 같 다른 사용 이용 우리 저희 내 제 제일 가장 아주 매우 너무 그냥 따로 이미 아직 지금 다시
    또 서로 모두 전부 다 바로 먼저 계속 항상 보통 혹시 만약 만일 그럼 그러면 그런데 근데 하지만
    그래서 필요 많이 여러 몇 가지 정도 쪽 중 안 못 잘 이렇게 그렇게 예 네 관련 개념 소개 예시 예제
    자세히 하 되 있 없 싶 쓰 쓸 써 쓴 보 봐 볼 주 줘 준 줄 좋 많 알 나은 맞 할지 쓸지 있는 있나
    있을 있다 있지 있어 않아 않으 않을 않고 않기 않게 않는 아닌 쓰고 쓰기 쓰게 쓰나 쓰는 쓰지 하던
    해도 보기 보게 보나 주나 주는 두려면 두고 두기 두나 두는 두지 둘까 가서 갈 나서 오고 오기 싶다
    이유 어디서 것을 것의 것은 것과 개 개를 개가 개만 개로 개는 개에 개의 번 번에 번만 곳 곳만
    곳으로 대 대로 대에 데 데로 일 일이 때만 때문 처음 전에 새 새로 다음 저쪽 여기서 완전히 모든
    실제 조금 딱 뚝 싹 왕창 미리 오래 곧 방금 한번 최근 특정 이상 자꾸 알아서 하나 하나씩 두 둘
    돼요 나와요 정해진 아무 아무것 한 그런 이런 저런 그러 이러 거죠 거지 거예요 거야 건데 건지 건가
    건가요 있음 있게 없음 없게 됨 된대 된대요 한대 한대요 하죠 되죠 되게 아예 정확히
    """
)

# Words of English prose that tell no text from another; all of them stand in stopwords-iso, too.
COMMON = _words(
    """
    above after again against all also although always among another anything around because before
    being below between both but cannot come comes during each else even every everything few first
    following further gives give given goes had has have having he her here him his however itself
    last later least less like little made makes may might must near needs never next nor nothing
    now off often once only other others out over own part per put quite really same say says
    second see seen sees several shall she since something still such sure take taken them third
    though through thus together too two three four under until up us used uses via well were while
    whole whose within yes yet across ago almost alone already asks become becomes done eight
    enough five found go good half help keeps kept knows know look looks lets long nine none number
    seven six ten text today twice wants words whenever wherever someone somebody anyone anybody
    everyone everybody nobody able best certain different example gets getting gone great maybe
    mine possible quickly similar soon try trying useful happens ever am im ive dont doesnt cant
    isnt whats hi
    """
)


def quiet_words(language: str) -> frozenset[str]:
    """Return the words that tell little of a text in `language`: the index leaves them out.

    From stopwords-iso, lists for 57 languages that many projects share (MIT licence). What is
    left out here is still found: it stands in the texts of the second index.
    """
    known = stopwordsiso.has_lang(language)
    return frozenset(stopwordsiso.stopwords(language)) if known else frozenset()


# How a Korean question ends.
ASKING = _words("요 까 죠 나 니 은지 는지 을지")

# Words that ask for a comparison.
COMPARE = _words(
    """
    vs versus difference differences differ compare compared comparison better 차이 차이점 비교
    다른점 다른가 다른지 다르 달라 어느 둘 중에 중에서 아니면 or kind kinds 종류
    choose choosing pick select decide 고르 고를 골라 골라야 선택
    """
)

# Words of any technical site that stand for each other, in both languages: a line a meaning.
ALIKE = """
delete remove clean prune expire 삭제 제거 지우 정리 만료
create make add new 생성 만들 만드 추가
stop terminate kill shutdown die crash 중지 정지 종료 죽 죽으 죽어 꺼지 끄 멈추 멈춰 내려가
restart recover retry again 재시작 재시도 복구 되살 살아나
deploy deployment release rollout 배포 올리 출시
store save keep 저장 보관
storage volume disk 스토리지 저장소 저장공간 볼륨 디스크
persist persistent durable permanent survive 영구 지속 유지 보존 남 남아
lose lost disappear vanish gone 사라지 없어지 날아가 유실 손실 삭제
share together 공유 함께 같이
team people user 팀 팀원 사람 사용자
same identical 같은 동일 똑같
find discover discovery 찾 찾아 발견
register join 등록 합류 가입
check look view inspect 확인 조회 점검
alert alarm notify 알림 알람 경보
temporary ephemeral scratch 임시 일시
rollback revert undo 롤백 되돌리 되돌려
downtime outage interruption interrupt 중단 끊기 끊김 다운타임
batch job 배치 작업 일괄
build 빌드
block deny prevent forbid 막 차단 금지 거부
login signin authenticate authentication 로그인 인증
secure security protect safe 보안 보호 안전
credential key token 자격 인증
password secret sensitive 비밀번호 암호 비밀 시크릿 민감
price pricing cost billing bill fee charge pay money cheap 가격 요금 비용 과금 청구 돈 저렴 싸게
free 무료 공짜
log logging 로그 기록
monitor metric observe 모니터링 지표 메트릭 감시
network 네트워크 네트워킹 통신
server machine host 서버 머신 호스트
scan 스캔 스캐닝 검사
vulnerability cve security 취약점 취약성 보안
encrypt encryption 암호화
version tag 버전 태그
scale scaling autoscaling grow shrink expand 확장 축소 스케일링 스케일 늘리 늘려 늘어 줄이 줄여
increase raise 증가 늘어나
load busy spike surge heavy 부하 몰리 급증 폭주
lack short insufficient shortage 부족 모자라 모자르
slow latency delay 느리 느려 지연
decrease reduce 감소 줄이
automatic automatically auto 자동 오토 저절로
own self directly 자체 직접
traffic request 트래픽 요청
distribute balance spread split 분산 분배 나누 나눠
connect connection attach link reach 연결 접속 붙이 붙여 연동
integrate integration 통합 연동
public 퍼블릭 공개
private 프라이빗 비공개 사설
data 데이터
laptop local computer pc 노트북 로컬 컴퓨터
datacenter premises 데이터센터 온프레미스 사내
address url domain endpoint 주소 도메인 엔드포인트
kernel os operating system 커널 운영체제
hardware physical 하드웨어 물리
variable environment env 변수 환경
message 메시지
group 그룹 묶음
count number 개수 갯수
small tiny 작은 작아
idle unused 유휴 미사용 놀
inside internal 내부 안쪽
account 계정
default 기본
memory ram 메모리 램
cpu processor 프로세서
limit quota maximum max 한도 제한 최대 할당량
pull download fetch 가져오 내려받 다운로드 받아오
old outdated stale 오래된 예전 낡은
type 유형 타입
app application 앱 애플리케이션 어플리케이션
web website site 웹 웹사이트
isolate isolation separate 격리 분리
update upgrade patch 업데이트 업그레이드 패치
migrate migration move 이전 마이그레이션 옮기
availability ha 가용성 고가용성
health healthy unhealthy 상태 헬스체크 비정상
policy rule 정책 규칙
role 역할 롤
driver plugin 드라이버
node worker 노드 워커 작업자
fast quick speed performance 빠른 빠르 속도 성능
simple easy simplest easiest 간단 쉬운 쉽게
mount 마운트
replace successor instead alternative 대체 대신 후속 대안
closed end retired deprecated discontinued 종료 단종 중단
copy replicate replication duplicate 복제 복사
package bundle 패키지 패키징 묶
repository registry repo 리포지토리 레지스트리 저장소 보관소
"""

# How Korean spells the letters of an abbreviation out: a line a letter, in their order.
LETTERS = """
에이
비
씨 시
디
이
에프
지
에이치 에이취
아이
제이
케이
엘
엠
엔
오
피
큐
알
에스
티
유
브이 뷔
더블유 떠블유
엑스
와이
제트 젯
"""

LANGUAGE: dict[str, Any] = {
    "asking": ASKING,
    "endings": ENDINGS,
    "compare": COMPARE,
    "weak": [*WEAK, *COMMON],
    "letters": [_words(line) for line in LETTERS.strip().splitlines()],
    "alike": [_words(line) for line in ALIKE.strip().splitlines()],
}
